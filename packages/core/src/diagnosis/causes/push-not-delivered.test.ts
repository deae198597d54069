import { expect, it } from 'vitest'
import { authenticate, healthy, push, tokenUpdate } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { pushNotDelivered } from './push-not-delivered.ts'

it('is proven by the reason that the push service gave', () => {
  const refused = { ...push, accepted: false, reason: 'Unregistered' }
  expect(suspicionOf(pushNotDelivered, [authenticate, tokenUpdate, refused])).toMatchObject({
    weight: 'proven',
    evidence: [{ message: 'the push was refused: Unregistered' }],
  })
})

it('is possible when the record has no push at all', () => {
  expect(suspicionOf(pushNotDelivered, [authenticate, tokenUpdate])?.weight).toBe('possible')
})

it('is no suspicion when the push was accepted, or the device came', () => {
  expect(suspicionOf(pushNotDelivered, [authenticate, tokenUpdate, push])).toBeNull()
  expect(suspicionOf(pushNotDelivered, healthy)).toBeNull()
})
