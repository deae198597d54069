import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { propertyUnknown } from './property-unknown.ts'

const found = findings(propertyUnknown, {
  properties: new Map([
    ['roles', [{ type: 'array' }]],
    ['site', [{ type: 'dictionary' }]],
    ['age', [{ type: 'integer' }, { type: 'string' }]],
  ]),
})

describe('a property that nobody sets', () => {
  it.each(["'a' IN @property(roles)", "@property(site.code) == 'x'"])('has nothing to say about %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    ["'a' IN @property(role)", 'property-unknown', 'warning', 8, '@property(roles)'],
    ['@property(Age) > 3', 'property-unknown', 'warning', 1, '@property(age)'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })

  it('has nothing to say while nobody told which there are', () => {
    expect(findings(propertyUnknown)('@property(anything) == 1')).toEqual([])
  })
})
