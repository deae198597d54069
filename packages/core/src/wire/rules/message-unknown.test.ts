import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { sound } from '../testing/sound.ts'

it('says that something is no message', () => {
  expect(codes('{"name": "edict"}')).toEqual(['message-unknown'])
  expect(codes({ plist: { name: 'edict' } })).toEqual(['message-unknown'])
})

it('has nothing to say of what is one', () => {
  for (const message of [sound.tokens, sound.manifest, sound.declaration])
    expect(found('message-unknown', JSON.stringify(message))).toEqual([])
})

it('does not take the members of a set for a manifest', () => {
  expect(codes('{"declarations": ["wifi", "wifi-on"]}')).toEqual(['message-unknown'])
})

it('looks at something unknown as what it should be', () => {
  expect(codes('{}', { kind: 'tokens' })).toEqual(['key-missing'])
})
