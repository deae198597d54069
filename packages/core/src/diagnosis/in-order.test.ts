import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idle, push, record, type Saying } from '../testing/record.ts'
import { inOrder } from './in-order.ts'

const entries = (...said: readonly Saying[]) => inOrder(record(...said)).map(({ entry }) => entry)

it('puts a push before what was said after it was sent', () => {
  expect(entries(idle, idle, { ...push, after: -500 }, idle)).toEqual([1, 3, 2, 4])
  expect(entries(idle, idle, { ...push, after: -5000 }, { ...push, after: 1 })).toEqual([3, 4, 1, 2])
})

it('leaves alone what is where it belongs, and what was said at one moment', () => {
  expect(entries(push, idle, idle, push)).toEqual([1, 2, 3, 4])
  expect(entries(idle, { ...push, after: 0 }, { ...idle, after: 0 })).toEqual([1, 2, 3])
})

it('loses and doubles nothing, and moves nothing but pushes', () => {
  const saying = fc.record({ isPush: fc.boolean(), after: fc.integer({ min: -3, max: 3 }) })
  fc.assert(
    fc.property(fc.array(saying), (said) => {
      const kept = record(...said.map(({ isPush, after }) => ({ ...(isPush ? push : idle), after })))
      const ordered = inOrder(kept)
      expect(new Set(ordered)).toEqual(new Set(kept))
      expect(ordered).toHaveLength(kept.length)
      for (const kind of ['push', 'result'])
        expect(ordered.filter((one) => one.kind === kind)).toEqual(kept.filter((one) => one.kind === kind))
    }),
  )
})
