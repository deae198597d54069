import { expect, it } from 'vitest'
import { codes, found, problems } from '../testing/found.ts'
import { json, sound, soundPlists } from '../testing/sound.ts'

it('finds what does not belong in a manifest', () => {
  const item = { ...sound.declaration }
  const Declarations = { ...sound.manifest.Declarations, Assets: [item], Legacy: [] }
  expect(found('key-unexpected', JSON.stringify({ ...sound.manifest, Declarations }))).toEqual([
    '/Declarations/Legacy 1:292',
    '/Declarations/Assets/0/Type 1:149',
    '/Declarations/Assets/0/Payload 1:239',
  ])
})

it('warns of a key that a command does not have, with the one that was meant', () => {
  const plist = { CommandUUID: 'u', Command: { RequestType: 'DeviceLock', Mesage: 'lost' } }
  expect(problems({ plist })).toMatchObject([
    { code: 'key-unexpected', severity: 'warning', remedy: 'perhaps Message was meant' },
  ])
})

it('takes further keys where devices do', () => {
  expect(codes(json({ ...sound.tokens, more: 1 }))).toEqual([])
  expect(codes({ plist: { ...soundPlists.tokenUpdate, Challenge: Uint8Array.of(1) } })).toEqual([])
})
