import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const tokens = (length: number) =>
  json({ SyncTokens: { ...sound.tokens.SyncTokens, DeclarationsToken: 'é'.repeat(length) } })

it('counts octets, not characters', () => {
  expect(found('token-too-long', tokens(129))).toEqual(['/SyncTokens/DeclarationsToken 3:26'])
  expect(codes(tokens(128))).toEqual([])
})

it('finds a long ServerToken of a declaration', () => {
  expect(codes(json({ ...sound.declaration, ServerToken: 'x'.repeat(65) }))).toEqual(['token-too-long'])
  expect(codes(json({ ...sound.declaration, ServerToken: 'x'.repeat(64) }))).toEqual([])
})
