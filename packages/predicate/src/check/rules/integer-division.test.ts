import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { integerDivision } from './integer-division.ts'

const found = findings(integerDivision)

describe('a division of integers', () => {
  it.each([
    '@status(test.integer-value) / 2.0 > 3',
    '@status(test.real-value) / 2 > 3',
    '@property(a) / @property(b) > 3',
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['@status(test.integer-value) / 2 > 3', 'integer-division', 'warning', 1, '@status(test.integer-value) / 2.0'],
    ['@property(age) / 2 > 3', 'integer-division', 'warning', 1, 'where both'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
