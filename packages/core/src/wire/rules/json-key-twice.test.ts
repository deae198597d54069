import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds the second of two equal keys of one dictionary, however it is written', () => {
  const text = '{"Type": "com.apple.management.properties", "Payload": {"a": 1,\n "\\u0061": 2, "b": [{"a": 3}]}}'
  expect(found('json-key-twice', text)).toEqual(['/Payload/a 2:2'])
})

it('takes equal keys of several dictionaries', () => {
  expect(codes(json(sound.manifest))).toEqual([])
})
