import { expect, it } from 'vitest'
import { receiverRest } from './rest.ts'

it('a receiver that fails for everybody rests for 5, 10, 20 … 60 s', () => {
  expect([0, 1, 2, 3, 4, 1000].map((rests) => receiverRest(rests) / 1000)).toEqual([5, 10, 20, 40, 60, 60])
})
