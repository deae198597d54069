import { expect, it } from 'vitest'
import { properties } from '../../testing/declared-of.ts'
import { findingsOf } from '../../testing/problems-of.ts'
import { propertiesDuplicate } from './properties-duplicate.ts'

const drafts = [properties('a', { role: 1, floor: 2 }), properties('b', { role: 2 })]

it('warns of a key that two declarations carry, and refuses it where one device gets both', () => {
  const found = { of: 'b', problem: { code: 'properties-duplicate', at: '/Payload/role', by: ['a', 'b'] } }
  expect(findingsOf(propertiesDuplicate, drafts)).toMatchObject([{ ...found, problem: { severity: 'warning' } }])
  expect(findingsOf(propertiesDuplicate, drafts, true)).toMatchObject([{ ...found, problem: { severity: 'error' } }])
})

it('takes keys of one declaration each', () => {
  expect(findingsOf(propertiesDuplicate, [properties('a', { role: 1 }), properties('b', { floor: 2 })], true)).toEqual(
    [],
  )
})
