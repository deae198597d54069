import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { json, sound, soundPlists } from '../testing/sound.ts'

it('finds one message in the place of another', () => {
  expect(codes(json(sound.manifest), { kind: 'tokens' })).toEqual(['message-not-asked'])
  expect(codes({ plist: soundPlists.command }, { kind: 'tokens' })).toEqual(['message-not-asked'])
})

it('takes what was asked for', () => {
  expect(codes(json(sound.tokens), { kind: 'tokens' })).toEqual([])
})
