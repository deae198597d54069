import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFailureLimit } from './failure-limit.ts'

const rules = { burst: 3, forgivenAfter: 1000, remembered: 4 }

describe('the limit of failures', () => {
  it('lets a caller fail as often as the rules say, and then once in a while', () => {
    const limit = createFailureLimit(rules)
    for (const _ of [1, 2, 3]) {
      expect(limit.waitOf('a', 0)).toBe(0)
      limit.failed('a', 0)
    }
    expect(limit.waitOf('a', 0)).toBe(1000)
    expect(limit.waitOf('a', 999)).toBe(1)
    expect(limit.waitOf('a', 1000)).toBe(0)
    limit.failed('a', 1000)
    expect(limit.waitOf('a', 1000)).toBe(1000)
    expect(limit.waitOf('a', 4000)).toBe(0)
  })

  it('does not hold one caller to what another did', () => {
    const limit = createFailureLimit(rules)
    for (let index = 0; index < 10; index += 1) limit.failed('a', 0)
    expect(limit.waitOf('b', 0)).toBe(0)
  })

  it('never remembers more callers than the rules say, whoever calls', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.nat(10_000))), (failures) => {
        const limit = createFailureLimit(rules)
        for (const [caller, at] of failures) limit.failed(caller, at)
        expect(limit.size).toBeLessThanOrEqual(rules.remembered)
        for (const [caller, at] of failures) expect(limit.waitOf(caller, at)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
