import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declarationTypes } from './declaration-types.ts'
import { nearest } from './nearest.ts'
import { statusItems } from './status-items.ts'

describe('nearest', () => {
  it.each([
    ['passcode.is-complient', 'passcode.is-compliant'],
    ['passcode.is-compliatn', 'passcode.is-compliant'],
    ['device.operating-system.verson', 'device.operating-system.version'],
    ['mdm.apps', 'mdm.app'],
    ['MDM.App', 'mdm.app'],
  ])('for %s offers %s', (name, meant) => {
    expect(nearest(name, statusItems.keys())).toBe(meant)
  })

  it('knows a type that lost a letter', () => {
    expect(nearest('com.apple.configuration.passcode.setings', declarationTypes.keys())).toBe(
      'com.apple.configuration.passcode.settings',
    )
  })

  it.each(['', 'x', 'something.else.entirely', 'a'.repeat(100_000)])(
    'offers nothing for what is far from all',
    (name) => {
      expect(nearest(name, statusItems.keys())).toBeUndefined()
    },
  )

  it('counts two swapped neighbours as one slip, and prefers the nearer name', () => {
    expect(nearest('abdc', ['abxy', 'abcd'])).toBe('abcd')
    expect(nearest('tokens', ['token', 'tokens'])).toBe('tokens')
  })

  it('offers the name itself when it is known, and one that differs in case before any other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 20 }),
        (names) => {
          for (const name of names) expect(nearest(name, names)).toBe(name)
        },
      ),
    )
    expect(nearest('minimumlength', ['MinimumLengths', 'MinimumLength'])).toBe('MinimumLength')
  })
})
