import { expect, it } from 'vitest'
import { statusContext } from './status-context.ts'

it('statusContext resolves the longest name first, then keys below it', () => {
  const status = { a: { b: { c: 1 } }, 'x.y': { z: 2 }, list: [{ k: 1 }, {}], none: null }
  const { status: read, property } = statusContext(status, { 'a.b': 'flat', a: { b: 'nested', c: 'below' } })
  expect(read('a.b.c')).toBe(1)
  expect(read('x.y.z')).toBe(2)
  expect(read('list.k')).toEqual([1, null])
  expect(read('none')).toBeNull()
  expect(read('a.b.c.d')).toBeUndefined()
  expect(read('nothing')).toBeUndefined()
  expect(property('a.b')).toBe('flat')
  expect(property('a.c')).toBe('below')
})
