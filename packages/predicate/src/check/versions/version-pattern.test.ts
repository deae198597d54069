import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRegex } from '../../regex/compile-regex.ts'
import { matchesWhole } from '../../regex/run.ts'
import { compareParts, versionParts } from './version.ts'
import { versionPattern } from './version-pattern.ts'

const number = fc.oneof(fc.nat({ max: 30 }), fc.constantFrom(0, 9, 10, 99, 100, 109, 190, 199, 999))
const version = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))

describe('versionPattern', () => {
  it.each([true, false])('is true for the versions that numbers say, strictly %s', (strictly) => {
    fc.assert(
      fc.property(version, version, (bound, found) => {
        const regex = compileRegex(versionPattern(versionParts(bound) ?? [], strictly), false)
        const order = compareParts(versionParts(found) ?? [], versionParts(bound) ?? [])
        expect(matchesWhole(regex, found, () => undefined)).toBe(strictly ? order > 0 : order >= 0)
      }),
      { numRuns: 3000 },
    )
  })

  it('holds nothing that JSON or copying would lose', () => {
    expect(versionPattern([16, 4], false)).toBe(
      '16[.]([4-9]|[1-9][0-9]{1,})([.][0-9]+)*|(1[7-9]|[2-9][0-9]|[1-9][0-9]{2,})([.][0-9]+)*',
    )
    expect(versionPattern([18, 0, 9], true)).not.toMatch(/["'\\]/)
  })
})
