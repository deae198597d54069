import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds typographic quotes around keys and values, each with its place', () => {
  expect(found('quotes-curly', '{\n  “Type”: "a", "Payload": {"version": “12.0"}}')).toEqual(['2:3', '2:39'])
})

it('finds one that should have ended a string, and reads on', () => {
  const text = '{"Type": "com.apple.management.properties”, "Identifier": "a b", "Payload": {}}'
  expect(codes(text)).toEqual(['quotes-curly', 'identifier-malformed'])
})

it('takes them inside of text', () => {
  const payload = { name: 'The “upper” school' }
  expect(codes(json({ ...sound.declaration, Type: 'com.apple.management.properties', Payload: payload }))).toEqual([])
})
