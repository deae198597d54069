import { expect, it } from 'vitest'
import { acknowledged, flawed, healthy, manifest, offer, tokens } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { timestampUnreadable } from './timestamp-unreadable.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(timestampUnreadable, [
      offer,
      acknowledged,
      tokens('t1', flawed('timestamp-fraction', '/SyncTokens/Timestamp')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('timestamp-fraction') }] })
})

it('is only possible where the device went on', () => {
  expect(
    suspicionOf(timestampUnreadable, [
      offer,
      acknowledged,
      tokens('t1', flawed('timestamp-fraction', '/SyncTokens/Timestamp')),
      manifest('t1'),
    ])?.weight,
  ).toBe('possible')
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(timestampUnreadable, healthy)).toBeNull()
})
