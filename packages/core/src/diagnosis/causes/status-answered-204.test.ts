import { expect, it } from 'vitest'
import { answer, healthy, ON, offer, report } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { statusAnswered204 } from './status-answered-204.ts'

it('is likely when a report was answered 204 and the device went silent', () => {
  const said = [...healthy.slice(0, -1), report([ON], {}, answer(204)), offer]
  expect(suspicionOf(statusAnswered204, said)?.weight).toBe('likely')
})

it('is no suspicion after 200', () => {
  expect(suspicionOf(statusAnswered204, healthy)).toBeNull()
})
