import { expect, it } from 'vitest'
import { manifestChanges } from './manifest-changes.ts'

const pair = (identifier: string, serverToken = '1') => ({ kind: 'configuration', identifier, serverToken }) as const

it('a manifest says beside the one before what is new, changed, gone and known', () => {
  expect(manifestChanges([pair('a'), pair('b'), pair('c')], [pair('a'), pair('b', '2'), pair('d')])).toEqual({
    new: { count: 1, names: ['configuration/d'] },
    changed: { count: 1, names: ['configuration/b'] },
    gone: { count: 1, names: ['configuration/c'] },
    known: 1,
  })
})

it('in the first one everything is new', () => {
  expect(manifestChanges([], [pair('a')])).toMatchObject({ new: { count: 1 }, gone: { count: 0 }, known: 0 })
})

it('all are counted, and the first of them named', () => {
  const many = Array.from({ length: 100 }, (_, index) => pair(`i${index}`))
  const { new: added } = manifestChanges([], many)
  expect(added.count).toBe(100)
  expect(added.names).toHaveLength(20)
})
