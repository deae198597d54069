import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds null in the place of an array, and a number in that of a token', () => {
  const { manifest } = sound
  const none = { ...manifest, Declarations: { ...manifest.Declarations, Assets: null }, DeclarationsToken: 7 }
  expect(problems(json(none)).map(({ code, at, remedy }) => [code, at, remedy])).toEqual([
    ['key-type', '/Declarations/Assets', 'write [] when there is nothing'],
    ['key-type', '/DeclarationsToken', undefined],
  ])
})

it('finds Base64 text in the place of data', () => {
  const plist = { CommandUUID: 'u', Command: { RequestType: 'InstallProfile', Payload: 'PHBsaXN0Lz4=' } }
  expect(problems({ plist })).toMatchObject([{ code: 'key-type', remedy: 'write <data> in place of <string>' }])
})

it('takes what has its type', () => {
  expect(codes(json(sound.status))).toEqual([])
})
