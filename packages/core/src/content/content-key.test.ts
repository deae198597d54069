import type { JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  keyedIn,
  needsKey,
  readKeyVariable,
  secretsIn,
  withKeyOf,
  withKeys,
  withoutKeys,
  withSecret,
} from './content-key.ts'
import { contentPath } from './content-reference.ts'
import { recompiled } from './recompiled.ts'

const BASE = 'https://mdm.example.org'
const sha256 = 'a'.repeat(64)
const url = BASE + contentPath({ sha256, name: 'notes.txt' })
const asset = (Type: string | null, DataURL = url): JsonObject => ({
  Reference: { DataURL, Size: 3 },
  ...(Type === null ? {} : { Authentication: { Type } }),
})
const keyed = (secret: number, of = sha256) =>
  `${BASE}${contentPath({ sha256: of, name: 'notes.txt' })}?key=\${content.${secret}.${of}}`

describe('the URL of hosted data', () => {
  it('needs a key where nobody says who they are, and nowhere else', () => {
    expect(needsKey(asset('None'), BASE)).toBe(true)
    for (const other of [asset('MDM'), asset(null), asset('None', 'https://other.example/x'), {}])
      expect(needsKey(other, BASE)).toBe(false)
    expect(needsKey(asset('None', url.replace(BASE, 'https://other.example')), BASE)).toBe(false)
    expect(needsKey(asset('None'), null)).toBe(false)
  })

  it('needs a key where it leads to the manifest of a package', () => {
    const at = (name: string, key = '') => ({ ManifestURL: BASE + contentPath({ sha256, name }) + key })
    expect([needsKey(at('tool.pkg.plist'), BASE), needsKey(at('tool.pkg'), BASE)]).toEqual([true, false])
    const made = at('tool.pkg.plist', `?key=\${content.1.${sha256}}`)
    expect(withKeys(at('tool.pkg.plist'), BASE, 1)).toEqual(made)
    expect(withKeys(made, BASE, 1)).toEqual(made)
  })

  it('gets the key that it needs, once however often it is written, and loses it when it needs none', () => {
    const first = withKeys(asset('None'), BASE, 1)
    expect(first).toEqual(asset('None', keyed(1)))
    expect(withKeys(first, BASE, 1)).toEqual(first)
    expect(withKeys(first, BASE, 2)).toEqual(asset('None', keyed(2)))
    expect(withKeys(asset('MDM', keyed(1)), BASE, 1)).toEqual(asset('MDM'))
    expect(withKeys(asset('None', 'https://other.example/x'), BASE, 1)).toEqual(
      asset('None', 'https://other.example/x'),
    )
  })

  it('has another key after a rotation, and after other octets were handed in', () => {
    expect(withSecret(asset('None', keyed(1)), 7)).toEqual(asset('None', keyed(7)))
    const other = 'b'.repeat(64)
    expect(withKeyOf(keyed(1), sha256, other)).toContain(`\${content.1.${other}}`)
    const content = { name: 'notes.txt', sha256: other, size: 4, type: 'text/plain' }
    const { Reference } = recompiled(asset('None', keyed(1)), content)
    expect(Reference).toMatchObject({ DataURL: keyed(1, other), Size: 4 })
  })
})

it('tells which secrets are asked for', () => {
  expect(
    secretsIn(JSON.stringify([asset('None', keyed(1)), asset('None', keyed(12)), asset('None', keyed(1))])),
  ).toEqual([1, 12])
  expect(readKeyVariable(`content.3.${sha256}`)).toEqual({ secret: 3, sha256 })
  for (const name of [
    'content',
    'content.1',
    `content.x.${sha256}`,
    `content.1.${sha256}0`,
    `content.1.${'A'.repeat(64)}`,
  ])
    expect(readKeyVariable(name)).toBeUndefined()
})

it('finds URLs with keys, and shows payloads without', () => {
  const made = asset('None', `${url}?key=1.VQ.abc-_`)
  expect(keyedIn(JSON.stringify(made))).toEqual([{ sha256, name: 'notes.txt', secret: 1 }])
  expect(keyedIn(JSON.stringify(asset('None', keyed(12))))).toEqual([{ sha256, name: 'notes.txt', secret: 12 }])
  expect(keyedIn(JSON.stringify(asset('MDM')))).toEqual([])
  expect(withoutKeys(made, '•••')).toEqual(asset('None', `${url}?key=•••`))
  expect(withoutKeys(asset('None', keyed(1)), '•••')).toEqual(asset('None', keyed(1)))
})

it('leaves every payload alone that has nothing to do with it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
      expect(withKeys(payload as JsonObject, BASE, 1)).toEqual(payload)
      expect(withoutKeys(payload as JsonObject, '•••')).toEqual(payload)
    }),
  )
})
