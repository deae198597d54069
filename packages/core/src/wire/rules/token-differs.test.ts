import { expect, it } from 'vitest'
import { codes, octets, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const tokens = octets(json(sound.tokens))

it('finds a manifest with another token than the tokens beside it', () => {
  const manifest = json({ ...sound.manifest, DeclarationsToken: 'd2' })
  expect(problems(manifest, { tokens })).toMatchObject([
    { code: 'token-differs', at: '/DeclarationsToken', found: 'd2', expected: 'd1' },
  ])
  expect(codes(manifest)).toEqual([])
})

it('takes the same token, and tokens that cannot be read', () => {
  expect(codes(json(sound.manifest), { tokens })).toEqual([])
  expect(codes(json(sound.manifest), { tokens: octets('[') })).toEqual([])
})
