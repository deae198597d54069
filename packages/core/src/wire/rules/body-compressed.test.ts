import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds gzip and Zstandard', () => {
  expect(codes(Uint8Array.of(0x1f, 0x8b, 8, 0))).toEqual(['body-compressed'])
  expect(codes(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd))).toEqual(['body-compressed'])
})

it('takes text', () => {
  expect(codes(json(sound.manifest))).toEqual([])
})
