import { expect, it } from 'vitest'
import { authenticate, MINUTE, tokenUpdate } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { noPushToken } from './no-push-token.ts'

it('is proven when minutes went by after Authenticate', () => {
  expect(suspicionOf(noPushToken, [authenticate], 3 * MINUTE)?.weight).toBe('proven')
})

it('is no suspicion at once, nor when the token came', () => {
  expect(suspicionOf(noPushToken, [authenticate], MINUTE)).toBeNull()
  expect(suspicionOf(noPushToken, [authenticate, tokenUpdate], 3 * MINUTE)).toBeNull()
})
