import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds tokens without SyncTokens, and a manifest without Declarations', () => {
  expect(codes(json(sound.tokens.SyncTokens))).toEqual(['wrapper-missing'])
  const { Declarations, DeclarationsToken } = sound.manifest
  expect(found('wrapper-missing', json({ DeclarationsToken, ...Declarations }))).toEqual(['/Activations 3:3'])
})

it('takes them inside', () => {
  expect(codes(json(sound.tokens))).toEqual([])
})
