import { expect, it } from 'vitest'
import { authenticate, healthy, idle, offer, tokenUpdate } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { enrolledAgainWithoutCommand } from './enrolled-again-without-command.ts'

it('is proven when what went well before the enrollment was not begun after it', () => {
  const said = [...healthy, authenticate, tokenUpdate, idle]
  expect(suspicionOf(enrolledAgainWithoutCommand, said)?.weight).toBe('proven')
})

it('is no suspicion when the command was given again, or never before', () => {
  expect(suspicionOf(enrolledAgainWithoutCommand, [...healthy, authenticate, tokenUpdate, idle, offer])).toBeNull()
  expect(suspicionOf(enrolledAgainWithoutCommand, [authenticate, tokenUpdate, idle])).toBeNull()
})
