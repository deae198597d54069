import { decodePlist, encodePlist } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPackageName, manifestName, PACKAGE_CHUNK, packageFactsIn, packageManifest } from './package-manifest.ts'

const facts = { bundleIdentifier: 'com.example.tool', bundleVersion: '1.2', title: 'Tool' }
const url = 'https://mdm.example.org/content/x/tool.pkg'

describe('packageManifest()', () => {
  it('has one item with one asset, and says what it is', () => {
    const made = packageManifest(facts, { url, size: PACKAGE_CHUNK + 1, hashes: ['a', 'b'] })
    expect(made).toEqual({
      items: [
        {
          assets: [{ kind: 'software-package', url, 'sha256-size': PACKAGE_CHUNK, sha256s: ['a', 'b'] }],
          metadata: {
            kind: 'software',
            'bundle-identifier': 'com.example.tool',
            'bundle-version': '1.2',
            title: 'Tool',
          },
        },
      ],
    })
  })

  it('names no chunk that is larger than the package, and none without octets', () => {
    const sizeOf = (size: number) => JSON.stringify(packageManifest(facts, { url, size, hashes: ['a'] }))
    expect(sizeOf(5)).toContain('"sha256-size":5')
    expect(sizeOf(0)).toContain('"sha256-size":1')
  })
})

describe('packageFactsIn()', () => {
  it('reads what packageManifest() said, from the file too', () => {
    const file = encodePlist(packageManifest(facts, { url, size: 1, hashes: ['a'] }))
    expect(packageFactsIn(decodePlist(file))).toEqual(facts)
  })

  it('finds nothing in what is no manifest, whatever it is', () => {
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(fc.string(), fc.boolean(), fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
    })).value
    fc.assert(
      fc.property(value, (any) => {
        const found = packageFactsIn(any as Parameters<typeof packageFactsIn>[0])
        expect(Object.values(found).every((one) => typeof one === 'string')).toBe(true)
      }),
    )
    expect(packageFactsIn({ items: [{ metadata: { title: 1, 'bundle-version': '2' } }] })).toEqual({
      bundleVersion: '2',
    })
  })
})

it('the manifest of a package has its name and an ending; a manifest is its own', () => {
  expect([manifestName('tool.pkg'), manifestName('tool.plist')]).toEqual(['tool.pkg.plist', 'tool.plist'])
  expect(['tool.pkg', 'App.IPA', 'pkg', 'tool.pkg.plist', 'tool.zip'].map(isPackageName)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
