import { describe, expect, it } from 'vitest'
import { deliveryVerdict } from './verdict.ts'

describe('an answer to a delivery', () => {
  it.each([200, 201, 202, 204, 299])('%i takes it', (status) => {
    expect(deliveryVerdict(status)).toEqual({ kind: 'delivered' })
  })

  it('410 wants nothing more', () => {
    expect(deliveryVerdict(410)).toEqual({ kind: 'gone' })
  })

  it.each([301, 302, 307, 308, 400, 401, 403, 404, 413, 422])('%i refuses this one', (status) => {
    expect(deliveryVerdict(status)).toEqual({ kind: 'failed', about: 'delivery' })
  })

  it.each([null, 429, 500, 502, 503, 504, 599])('%s is about the receiver', (status) => {
    expect(deliveryVerdict(status)).toEqual({ kind: 'failed', about: 'receiver' })
  })
})
