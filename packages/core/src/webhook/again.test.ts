import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_PATIENCE, deliverAgain } from './again.ts'

const first = { attempt: 1, queuedAt: 0, now: 0, after: null, chance: 0.5 }

describe('a delivery that was not taken', () => {
  it.each([
    [1, 5],
    [2, 20],
    [3, 80],
    [4, 320],
    [5, 1280],
    [6, 3600],
    [500, 3600],
  ])('for the %i. time is tried again after %i s', (attempt, seconds) => {
    expect(deliverAgain({ ...first, attempt })).toBe(seconds * 1000)
  })

  it('is spread over three to five quarters of that', () => {
    expect([deliverAgain({ ...first, chance: 0 }), deliverAgain({ ...first, chance: 1 })]).toEqual([3750, 6250])
  })

  it('waits for what Retry-After asks, for an hour at most', () => {
    expect(deliverAgain({ ...first, after: 60_000 })).toBe(60_000)
    expect(deliverAgain({ ...first, after: 1000 })).toBe(5000)
    expect(deliverAgain({ ...first, after: 365 * 86_400_000 })).toBe(3_600_000)
  })

  it('is tried for the last time when its three days are over, and then given up', () => {
    expect(deliverAgain({ ...first, attempt: 60, now: DELIVERY_PATIENCE - 1 })).toBe(DELIVERY_PATIENCE)
    expect(deliverAgain({ ...first, attempt: 61, now: DELIVERY_PATIENCE })).toBeNull()
  })

  it('is tried a bounded number of times, each later than the one before, whatever chance and the receiver say', () => {
    const answers = fc.infiniteStream(
      fc.record({
        chance: fc.double({ min: 0, max: 1, noNaN: true }),
        after: fc.option(fc.integer({ min: 0, max: 2 ** 31 })),
      }),
    )
    fc.assert(
      fc.property(answers, (stream) => {
        let now = 0
        let attempt = 1
        for (; ; attempt += 1) {
          const answer = stream.next().value
          const next = deliverAgain({ ...first, attempt, now, ...answer })
          if (next === null) break
          expect(next).toBeGreaterThan(now)
          now = next
        }
        expect(now).toBe(DELIVERY_PATIENCE)
        expect(attempt).toBeLessThan(120)
      }),
      { numRuns: 50 },
    )
  })
})
