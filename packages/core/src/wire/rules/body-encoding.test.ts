import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'

it('finds octets that are not UTF-8', () => {
  expect(codes(Uint8Array.of(0x7b, 0x22, 0xe4, 0x22, 0x7d))).toEqual(['body-encoding'])
})

it('takes UTF-8', () => {
  expect(found('body-encoding', '{"ä": "😀"}')).toEqual([])
})
