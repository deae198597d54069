import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { nilSensitive } from './nil-sensitive.ts'

const found = findings(nilSensitive)

describe('a comparison that is true of nothing', () => {
  it.each([
    "@status(device.model.family) != 'iPad'",
    '@property(a) == 1',
    '@property(a) != nil AND @property(a) != 1',
    '@property(a) != nil',
    'NOT @property(a) == nil',
    '@status(mdm.app).@count != 0',
    "@property(a) BEGINSWITH 'x' AND (NOT @property(a) == 'xy')",
    "ANY @property(groups) == 'a'",
    "NOT ALL @property(groups) == 'a'",
    "SUBQUERY(@status(mdm.app), $a, $a.@key(identifier) != 'x').@count > 0",
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['@property(a) != 1', 'nil-sensitive', 'warning', 1, '(@property(a) != nil AND @property(a) != 1)'],
    [
      '@status(passcode.is-present) != TRUE',
      'nil-sensitive',
      'warning',
      1,
      'where @status(passcode.is-present) is absent',
    ],
    ["NOT @property(a) == 'x'", 'nil-sensitive', 'warning', 1, '(@property(a) != nil AND (NOT @property(a) == "x"))'],
    ["ALL @property(groups) == 'a'", 'nil-sensitive', 'warning', 1, 'is true'],
    ["NONE @property(groups) IN {'a', 'b'}", 'nil-sensitive', 'warning', 1, 'is true'],
    ['@property(b) == 1 AND @property(a) != 1', 'nil-sensitive', 'warning', 23, '@property(a) is absent'],
    [
      "SUBQUERY(@status(mdm.app), $a, $a.@key(state) == 'managed').@count > 0 AND @property(a) != 'x'",
      'nil-sensitive',
      'warning',
      76,
      '@property(a)',
    ],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
