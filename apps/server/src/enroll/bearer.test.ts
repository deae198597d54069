import { expect, it } from 'vitest'
import { bearerOf } from './bearer.ts'

it.each([
  ['Bearer abc', 'abc'],
  ['bearer  a-b_c.d~e+f/g==', 'a-b_c.d~e+f/g=='],
  ['Basic abc', null],
  ['Bearer', null],
  ['Bearer a b', null],
  ['Bearer "abc"', null],
  [`Bearer ${'x'.repeat(513)}`, null],
  [undefined, null],
])('Authorization: %s has the token %s', (authorization, token) => {
  expect(bearerOf(authorization === undefined ? {} : { authorization })).toBe(token)
})
