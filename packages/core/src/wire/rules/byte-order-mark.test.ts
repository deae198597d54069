import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('warns of a byte order mark, and reads on', () => {
  expect(problems(`\ufeff${json(sound.tokens)}`)).toMatchObject([{ code: 'byte-order-mark', severity: 'warning' }])
})

it('takes text without one', () => {
  expect(codes(json(sound.tokens))).toEqual([])
})
