import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds an empty body, and one of white space, whatever it should have been', () => {
  expect(found('body-empty', '')).toEqual([''])
  expect(found('body-empty', ' \r\n', { kind: 'tokens' })).toEqual([''])
})

it('takes a body', () => {
  expect(codes(json(sound.tokens))).toEqual([])
})
