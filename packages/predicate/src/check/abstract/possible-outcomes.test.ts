import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../compile/compile.ts'
import { statusContext } from '../../context/status-context.ts'
import { parse } from '../../parser/parse.ts'
import { appleItems } from '../../testing/apple-items.ts'
import { shapesOf } from '../shapes/shapes.ts'
import type { StatusItemTable } from '../status-item-table.ts'
import { Budget } from './budget.ts'
import { possibleOutcomes } from './possible-outcomes.ts'

const possible = (source: string, items: StatusItemTable = appleItems) => {
  const tree = parse(source)
  return possibleOutcomes(tree, shapesOf(tree, items), new Budget(200_000))
}

const constant = fc.constantFrom('1', '2', '2.5', '3', '"a"', '"b"', '"ab"', 'TRUE', 'nil', '-1')
const atom = fc
  .oneof(
    fc.tuple(
      fc.constantFrom('@property(a)', '@property(b)', '@status(passcode.is-present)', '@status(test.integer-value)'),
      fc.oneof(
        fc.tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), constant).map((parts) => parts.join(' ')),
        fc.array(constant, { maxLength: 3 }).map((list) => `IN {${list.join(', ')}}`),
        fc.tuple(constant, constant).map(([low, high]) => `BETWEEN {${low}, ${high}}`),
        fc.constantFrom('BEGINSWITH "a"', 'CONTAINS "b"', '== @property(b)', '==[c] "A"'),
      ),
    ),
    fc.tuple(
      constant.map((text) => text),
      fc.constantFrom('== @property(a)', '< @property(b)', 'IN @property(a)'),
    ),
  )
  .map(([left, rest]) => `${left} ${rest}`)
const predicate = fc
  .array(fc.tuple(fc.constantFrom(' AND ', ' OR '), fc.constantFrom('', 'NOT '), atom), { minLength: 1, maxLength: 4 })
  .map((parts) =>
    parts.reduce((text, [word, not, one]) => (text === '' ? `${not}${one}` : `(${text}${word}${not}${one})`), ''),
  )
const value = fc.constantFrom(
  1,
  2,
  2.25,
  2.5,
  2.75,
  3,
  99,
  -5,
  'a',
  'aa',
  'b',
  'B',
  'zz',
  '',
  true,
  false,
  null,
  ['a'],
  {},
)

describe('possibleOutcomes', () => {
  it('leaves out no outcome that any facts give', () => {
    const facts = fc.record({ a: value, b: value }, { requiredKeys: [] })
    const status = fc.record(
      { 'passcode.is-present': fc.boolean(), 'test.integer-value': fc.integer({ min: -3, max: 6 }) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(predicate, facts, status, (source, properties, items) => {
        const found = possible(source)
        const outcome = compile(parse(source))(statusContext(items, properties)).kind
        // An error of what is not looked into is not foreseen.
        if (outcome !== 'error') expect(found?.all ?? new Set([outcome]), source).toContain(outcome)
      }),
      { numRuns: 3000 },
    )
  })

  it('is exact for numbers and texts', () => {
    expect([...(possible('@status(test.integer-value) > 3 AND @status(test.integer-value) < 4')?.all ?? [])]).toEqual([
      'false',
    ])
    expect([...(possible('@status(test.real-value) > 3 AND @status(test.real-value) < 4')?.all ?? [])]).toContain(
      'true',
    )
    expect([...(possible('@property(a) > "a" AND @property(a) < "b"')?.all ?? [])]).toContain('true')
  })

  it('gives up where there are too many combinations', () => {
    const many = Array.from({ length: 30 }, (_, index) => `@property(p${index}) == ${index}`).join(' AND ')
    expect(possible(many)).toBeUndefined()
  })
})
