import { expect, it } from 'vitest'
import { codes, octets, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const body = json(sound.declaration)
const manifest = octets(json(sound.manifest))

it('finds a declaration under another name than was asked for', () => {
  expect(problems(body, { asked: { declaration: 'configuration', identifier: 'mail' } })).toMatchObject([
    { code: 'identifier-differs', at: '/Identifier', found: 'wifi', expected: 'mail' },
  ])
})

it('warns of one that the manifest does not list', () => {
  expect(problems(json({ ...sound.declaration, Identifier: 'mail' }), { manifest })).toMatchObject([
    { code: 'identifier-differs', severity: 'warning' },
  ])
})

it('takes the one that was asked for', () => {
  expect(codes(body, { asked: { declaration: 'configuration', identifier: 'wifi' }, manifest })).toEqual([])
})
