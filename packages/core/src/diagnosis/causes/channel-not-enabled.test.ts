import { expect, it } from 'vitest'
import { authenticate, healthy, idle, offer, push, tokenUpdate } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { channelNotEnabled } from './channel-not-enabled.ts'

it('is proven when the record has the whole enrollment and no offer', () => {
  expect(suspicionOf(channelNotEnabled, [authenticate, tokenUpdate, push, idle])?.weight).toBe('proven')
})

it('is likely when the record begins later', () => {
  expect(suspicionOf(channelNotEnabled, [idle])).toMatchObject({ weight: 'likely', decides: expect.anything() })
})

it('is no suspicion once it was offered', () => {
  expect(suspicionOf(channelNotEnabled, [idle, offer])).toBeNull()
  expect(suspicionOf(channelNotEnabled, healthy)).toBeNull()
})
