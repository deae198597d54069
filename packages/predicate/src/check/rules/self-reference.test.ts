import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { selfReference } from './self-reference.ts'

const found = findings(selfReference, { own: new Set(['own']) })

describe('a predicate that looks at what it switches', () => {
  it.each([
    "SUBQUERY(@status(management.declarations.configurations), $d, $d.@key(identifier) == 'other').@count > 0",
    "@status(device.model.family) == 'own'",
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    [
      "SUBQUERY(@status(management.declarations.configurations), $d, $d.@key(identifier) == 'own' AND $d.@key(active) == TRUE).@count == 0",
      'self-reference',
      'warning',
      10,
      'settles',
    ],
    ['@status(management.declarations.configurations).@count > 3', 'self-reference', 'warning', 1, 'settles'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })

  it('finds any, while nobody told whose predicate it is', () => {
    const other = `SUBQUERY(@status(management.declarations.assets), $a, $a.@key(identifier) == 'other').@count > 0`
    expect(findings(selfReference)(other)).toMatchObject([{ code: 'self-reference' }])
  })
})
