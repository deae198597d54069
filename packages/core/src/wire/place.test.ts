import { expect, it } from 'vitest'
import { placesOf } from './place.ts'

it('counts lines and columns from 1', () => {
  const place = placesOf('ab\n\ncd')
  expect([0, 1, 2, 3, 4, 5, 6].map((offset) => `${place(offset).line}:${place(offset).column}`)).toEqual([
    '1:1',
    '1:2',
    '1:3',
    '2:1',
    '3:1',
    '3:2',
    '3:3',
  ])
})
