import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json } from '../testing/sound.ts'

const activation = {
  Type: 'com.apple.activation.simple',
  Identifier: 'on',
  Payload: { StandardConfigurations: ['wifi'] },
}

it('finds a Predicate beside Payload, also in a list', () => {
  const misplaced = { ...activation, Predicate: 'FALSEPREDICATE' }
  expect(codes(json(misplaced))).toEqual(['predicate-misplaced'])
  expect(found('predicate-misplaced', json([misplaced]))).toEqual(['/0/Predicate 10:5'])
})

it('takes one inside', () => {
  expect(codes(json({ ...activation, Payload: { ...activation.Payload, Predicate: 'TRUEPREDICATE' } }))).toEqual([])
})
