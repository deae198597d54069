import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds more than 16 MiB, without reading them', () => {
  expect(codes(new Uint8Array(16 * 1024 * 1024 + 1))).toEqual(['body-too-large'])
})

it('takes what is smaller', () => {
  expect(found('body-too-large', json(sound.tokens))).toEqual([])
})
