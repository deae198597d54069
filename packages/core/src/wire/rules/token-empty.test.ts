import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds an empty token', () => {
  expect(codes(json({ SyncTokens: { ...sound.tokens.SyncTokens, DeclarationsToken: '' } }))).toEqual(['token-empty'])
  expect(found('token-empty', json({ ...sound.declaration, ServerToken: '' }))).toEqual(['/ServerToken 4:18'])
})

it('takes one that says something', () => {
  expect(codes(json(sound.declaration))).toEqual([])
})
