import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const named = (Identifier: string) => json({ ...sound.declaration, Identifier })

it('finds what a device could not ask for', () => {
  for (const name of ['', 'a b', 'a/b', 'a%20b', 'schüler', '..', 'x'.repeat(65)]) {
    expect(codes(named(name)), name).toEqual(['identifier-malformed'])
  }
})

it('takes UUIDs, reverse domains and short names', () => {
  for (const name of ['AAE09D73-6EF6-4F3B-9E15-11B0F86D5591', 'org.example.wifi_1', 'a', 'x'.repeat(64)]) {
    expect(codes(named(name)), name).toEqual([])
  }
})

it('looks into manifests', () => {
  const item = { Identifier: 'a#b', ServerToken: 't' }
  const manifest = { ...sound.manifest, Declarations: { ...sound.manifest.Declarations, Assets: [item] } }
  expect(codes(json(manifest))).toEqual(['identifier-malformed'])
})
