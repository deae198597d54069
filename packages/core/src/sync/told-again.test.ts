import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { behind } from './behind.ts'
import { itemsAnswered } from './collect.ts'
import { tokensAnswered } from './offer.ts'
import { FRESH, type Sync } from './sync.ts'
import { isToldAgain } from './told-again.ts'

const said = (token: string) => ({ token, at: 1000 })

describe('a token that a channel is told', () => {
  it('is told again when it was told and collected before', () => {
    expect(isToldAgain({ ...FRESH, told: said('a'), collected: said('a') }, 'a')).toBe(true)
  })

  it('is news when another was told or collected last, or none', () => {
    expect(isToldAgain(FRESH, 'a')).toBe(false)
    expect(isToldAgain({ ...FRESH, told: said('a') }, 'a')).toBe(false)
    expect(isToldAgain({ ...FRESH, told: said('a'), collected: said('b') }, 'a')).toBe(false)
    expect(isToldAgain({ ...FRESH, told: said('b'), collected: said('a') }, 'a')).toBe(false)
  })

  it('need not be noted when it is told again: whether the channel is behind comes out the same', () => {
    const step = fc.record({
      wanted: fc.constantFrom('a', 'b', 'c'),
      asks: fc.constantFrom('tokens', 'items'),
      later: fc.integer({ min: 1, max: 200_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let [always, sparing]: [Sync, Sync] = [
          { ...FRESH, enabled: true },
          { ...FRESH, enabled: true },
        ]
        let now = 0
        for (const { wanted, asks, later } of steps) {
          now += later
          expect(behind(sparing, wanted, now)).toBe(behind(always, wanted, now))
          if (asks === 'items') {
            always = itemsAnswered(always, wanted, now)
            sparing = itemsAnswered(sparing, wanted, now)
          } else {
            always = tokensAnswered(always, wanted, now)
            if (!isToldAgain(sparing, wanted)) sparing = tokensAnswered(sparing, wanted, now)
          }
          expect(behind(sparing, wanted, now)).toBe(behind(always, wanted, now))
        }
      }),
      { numRuns: 2000 },
    )
  })
})
