import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOW, SECOND } from '../testing/channel-of.ts'
import { changedAt, wantedSince } from './timestamp.ts'

describe('changedAt', () => {
  it('is now, in whole seconds', () => {
    expect(changedAt(NOW + 999, null)).toBe(NOW)
    expect(changedAt(NOW + 999, NOW - SECOND)).toBe(NOW)
  })

  it('is a second after the previous one when the clock has not passed it', () => {
    expect(changedAt(NOW + 999, NOW)).toBe(NOW + SECOND)
    expect(changedAt(NOW - 3600 * SECOND, NOW)).toBe(NOW + SECOND)
  })

  it('is always whole, and always later', () => {
    fc.assert(
      fc.property(fc.nat(4e12), fc.nat(4e9), (now, seconds) => {
        const at = changedAt(now, seconds * SECOND)
        expect(at % SECOND).toBe(0)
        expect(at).toBeGreaterThan(seconds * SECOND)
      }),
    )
  })
})

it('the Timestamp of a channel is the later of its cohort and its own', () => {
  expect(wantedSince(NOW, NOW + SECOND)).toBe(NOW + SECOND)
  expect(wantedSince(NOW + SECOND, NOW)).toBe(NOW + SECOND)
})
