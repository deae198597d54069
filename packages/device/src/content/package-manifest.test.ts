import { encodePlist, type PlistValue } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manifestIn, readManifest } from './package-manifest.ts'

const url = 'https://apps.example.org/tool.pkg'
const metadata = { kind: 'software', 'bundle-identifier': 'com.example.tool', 'bundle-version': '2.1', title: 'Tool' }
const made = (asset: Readonly<Record<string, PlistValue>>, more: PlistValue = { kind: 'display-image', url }) => ({
  items: [{ assets: [more, { kind: 'software-package', url, ...asset }], metadata }],
})

describe('manifestIn()', () => {
  it('finds the package among other assets, and what is said of it', () => {
    expect(manifestIn(made({}))).toEqual({
      kind: 'manifest',
      manifest: { facts: { bundleId: 'com.example.tool', version: '2.1', title: 'Tool' }, url, hashes: null },
    })
  })

  it('goes by SHA-256 where there is MD5 too, and by one hash over all where there are chunks too', () => {
    const hashesOf = (asset: Readonly<Record<string, PlistValue>>) => {
      const read = manifestIn(made(asset))
      return read.kind === 'manifest' ? read.manifest.hashes : null
    }
    const md5 = { 'md5-size': 5, md5s: ['a'] }
    const sha256 = { 'sha256-size': 7, sha256s: ['B', 'c'] }
    expect(hashesOf(md5)).toEqual({ algorithm: 'md5', chunk: 5, hashes: ['a'] })
    expect(hashesOf({ ...md5, ...sha256 })).toEqual({ algorithm: 'sha256', chunk: 7, hashes: ['b', 'c'] })
    expect(hashesOf({ ...sha256, sha256: 'D' })).toEqual({ algorithm: 'sha256', chunk: null, hashes: ['d'] })
    expect(hashesOf({ sha256s: ['a'] })).toBeNull()
  })

  it.each<[string, PlistValue]>([
    ['two packages', made({}, { kind: 'software-package', url })],
    ['no package', { items: [{ assets: [], metadata }] }],
    ['two items', { items: [...made({}).items, ...made({}).items] }],
    ['no identifier', { items: [{ assets: [{ kind: 'software-package', url }], metadata: {} }] }],
    ['nothing', {}],
  ])('has a problem with %s', (_, plist) => {
    expect(manifestIn(plist)).toMatchObject({ kind: 'problem', mayRecover: false })
  })
})

describe('readManifest()', () => {
  it('never throws, whatever was sent', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        expect(readManifest({ status: 200, headers: {}, body }).kind).toBe('problem')
      }),
    )
    const body = encodePlist(made({}))
    expect(readManifest({ status: 200, headers: {}, body }).kind).toBe('manifest')
    expect(readManifest(null)).toMatchObject({ mayRecover: true })
    expect(readManifest({ status: 404, headers: {}, body })).toMatchObject({ mayRecover: false })
  })
})
