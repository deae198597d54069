import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, passcode } from '../testing/declared-of.ts'
import { payloadOf } from './declaration.ts'
import { reapplied, versionOf } from './draft.ts'

describe('versionOf', () => {
  it('makes version 1, of the kind that the Type says', () => {
    expect(versionOf(passcode('p'), undefined)).toMatchObject({ kind: 'configuration', version: 1, reapply: 0 })
    expect(versionOf(draftOf('m', 'com.apple.management.properties'), undefined).kind).toBe('management')
  })

  it('keeps the version when the same content is put again, in any order of keys', () => {
    const before = versionOf(draftOf('p', 'com.apple.configuration.x', { a: 1, b: 2 }), undefined)
    expect(versionOf(draftOf('p', 'com.apple.configuration.x', { b: 2, a: 1 }), before)).toBe(before)
  })

  it('counts up with each change, and gives a reverted content its old hash', () => {
    const first = versionOf(passcode('p', 6), undefined)
    const second = versionOf(passcode('p', 8), first)
    const third = versionOf(passcode('p', 6), second)
    expect([second.version, third.version]).toEqual([2, 3])
    expect(second.contentHash).not.toBe(first.contentHash)
    expect(third.contentHash).toBe(first.contentHash)
  })

  it('keeps a payload as it is, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ noUnicodeString: true })),
        (payload) => {
          const plain = JSON.parse(JSON.stringify(payload))
          expect(payloadOf(versionOf(draftOf('p', 'com.apple.configuration.x', plain), undefined))).toEqual(plain)
        },
      ),
    )
  })
})

describe('reapplied', () => {
  it('is the same content under another hash, each time', () => {
    const before = versionOf(passcode('p'), undefined)
    const once = reapplied(before)
    const twice = reapplied(once)
    expect([once.payload, twice.version, twice.reapply]).toEqual([before.payload, 3, 2])
    expect(new Set([before, once, twice].map(({ contentHash }) => contentHash)).size).toBe(3)
  })

  it('is not undone by a later change', () => {
    const once = reapplied(versionOf(passcode('p'), undefined))
    expect(versionOf(passcode('p', 8), once).reapply).toBe(1)
  })
})
