import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound, soundPlists } from '../testing/sound.ts'

it('finds keys of JSON in another case', () => {
  expect(found('key-case', '{"syncTokens": {}}')).toEqual(['/syncTokens 1:2'])
  const item = { identifier: 'a', ServerToken: 't' }
  const manifest = { ...sound.manifest, Declarations: { ...sound.manifest.Declarations, Assets: [item] } }
  expect(codes(json(manifest))).toEqual(['key-case'])
})

it('finds keys of property lists in another case', () => {
  const { CommandUUID, Command } = soundPlists.command
  expect(codes({ plist: { commandUUID: CommandUUID, Command } })).toEqual(['key-case'])
})

it('takes keys in their own', () => {
  expect(codes(json(sound.manifest))).toEqual([])
})
