import { expect, it } from 'vitest'
import { healthy, MINUTE, push } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { notFinishedYet } from './not-finished-yet.ts'

const unreported = healthy.slice(0, -1)

it('is possible for a minute and a half', () => {
  expect(suspicionOf(notFinishedYet, unreported, MINUTE)).toMatchObject({ weight: 'possible', harmless: true })
  expect(suspicionOf(notFinishedYet, unreported, 2 * MINUTE)).toBeNull()
})

it('is no excuse in a record that nobody looks at any more, nor for a device that reported', () => {
  expect(suspicionOf(notFinishedYet, unreported)).toBeNull()
  expect(suspicionOf(notFinishedYet, healthy, MINUTE)).toBeNull()
})

it('is possible of a device that was pushed a moment ago', () => {
  expect(suspicionOf(notFinishedYet, [...healthy, push], MINUTE)?.evidence[0]?.message).toContain('it was pushed')
})
