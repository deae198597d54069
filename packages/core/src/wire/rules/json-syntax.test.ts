import { expect, it } from 'vitest'
import { codes, found, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds a comma too many, with its place and what to do', () => {
  expect(problems('{\n  "Type": "a",\n}')).toMatchObject([
    { code: 'json-syntax', place: { line: 3, column: 1 }, remedy: 'take the comma before it out' },
  ])
})

it('finds a comment, and text that ends too early', () => {
  expect(found('json-syntax', '{} // mine')).toEqual(['1:4'])
  expect(found('json-syntax', '{"SyncTokens": {')).toEqual(['1:17'])
})

it('takes JSON', () => {
  expect(codes(json(sound.declaration))).toEqual([])
})
