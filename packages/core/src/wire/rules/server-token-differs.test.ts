import { expect, it } from 'vitest'
import { codes, octets, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const manifest = octets(json(sound.manifest))

it('finds another ServerToken than the manifest says', () => {
  expect(problems(json({ ...sound.declaration, ServerToken: 'c2' }), { manifest })).toMatchObject([
    { code: 'server-token-differs', at: '/ServerToken', found: 'c2', expected: 'c1' },
  ])
})

it('takes the one that it says', () => {
  expect(codes(json(sound.declaration), { manifest })).toEqual([])
})
