import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { propertyTypeConflict } from './property-type-conflict.ts'

const found = findings(propertyTypeConflict, {
  properties: new Map([
    ['roles', [{ type: 'array' }]],
    ['site', [{ type: 'dictionary' }]],
    ['age', [{ type: 'integer' }, { type: 'string' }]],
  ]),
})

describe('a property of two types', () => {
  it.each(["'a' IN @property(roles)", '@property(other) == 1'])('has nothing to say about %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([['@property(age) >= 18', 'property-type-conflict', 'warning', 1, 'an integer and a string']])(
    'finds in %s: %s',
    (source, code, severity, column, shown) => {
      const [problem, ...more] = found(source)
      expect(more).toEqual([])
      expect(problem).toMatchObject({ code, severity, at: { column } })
      expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
    },
  )
})
