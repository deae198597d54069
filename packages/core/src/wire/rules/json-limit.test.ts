import { expect, it } from 'vitest'
import { found } from '../testing/found.ts'

it('finds more depth than is read, and numbers that nothing can hold', () => {
  expect(found('json-limit', '['.repeat(65))).toEqual(['1:65'])
  expect(found('json-limit', '{"Type": 1e999}')).toEqual(['1:10'])
})

it('takes an integer beyond 2^53', () => {
  expect(found('json-limit', '{"Type": 9007199254740993}')).toEqual([])
})
