import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions } from './compare-versions.ts'

const version = fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.'))

describe('compareVersions', () => {
  it.each([
    ['9.3', '10.0'],
    ['15.0', '15.0.1'],
    ['10.13.4', '10.13.10'],
    ['15.2', '15.10'],
    ['26.4', '27.0'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0)
    expect(compareVersions(newer, older)).toBeGreaterThan(0)
  })

  it.each([
    ['15', '15.0'],
    ['16.1', '16.1 (a)'],
    ['13.0.0', '13'],
  ])('%s is the same as %s', (a, b) => {
    expect(compareVersions(a, b)).toBe(0)
  })

  it('orders any versions the same way round', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('gives a number for whatever a device sends', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => Number.isFinite(compareVersions(a, b))))
    expect(compareVersions('9'.repeat(400), '9'.repeat(400))).toBe(0)
  })
})
