import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { always } from './always.ts'

const found = findings(always)

describe('an answer that is always the same', () => {
  it.each([
    "@status(device.model.family) == 'iPad'",
    '@property(a) > 3 AND @property(a) < 9',
    '@property(a) == nil',
    '@property(a) != nil',
    'TRUEPREDICATE',
    '@property(a) == 1 OR @property(b) == 2',
    "@property(name) BEGINSWITH 'a' AND @property(name) != 'a'",
    "'a' IN @property(roles) AND 'b' IN @property(roles)",
    "@status(device.model.family) IN {'iPad'} OR @status(device.model.family) == 'Mac'",
    "@property(a) == '1' OR @property(a) == 1",
    "ANY @property(g) == 'a' AND ANY @property(g) == 'b'",
    '@status(mdm.app).@count > 0',
    'FALSEPREDICATE AND @property(a) == 1',
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['1 == 0', 'always-false', 'warning', 1, '1 == 0 is false for every value'],
    [
      "@status(device.model.family) == 'iPad' AND @status(device.model.family) == 'Mac'",
      'always-false',
      'warning',
      1,
      'are never both true',
    ],
    ['@property(a) == 1 AND (@property(b) > 5 AND @property(b) < 3)', 'always-false', 'warning', 1, '@property(b)'],
    [
      '@property(a) == 1 OR (@property(b) > 5 AND @property(b) < 3)',
      'always-false',
      'warning',
      23,
      '@property(b) > 5 and @property(b) < 3',
    ],
    ['@property(age) < 18 OR @property(age) >= 18', 'always-true', 'warning', 1, 'only the absence of @property(age)'],
    [
      '@status(passcode.is-present) == TRUE OR @status(passcode.is-present) == FALSE',
      'always-true',
      'warning',
      1,
      'only the absence',
    ],
    [
      "@status(device.model.family) != 'iPad' OR @status(device.model.family) != 'Mac'",
      'always-true',
      'warning',
      1,
      'for every value',
    ],
    ['@property(a) IN {}', 'always-false', 'warning', 1, 'is false'],
    ['@status(mdm.app).@count >= 0', 'always-true', 'warning', 1, 'only the absence'],
    [
      "@status(device.power.battery-health) IN {'normal', 'non-genuine', 'unknown'}",
      'always-true',
      'warning',
      1,
      'only the absence',
    ],
    [
      "SUBQUERY(@status(mdm.app), $a, $a.@key(state) == 'managed' AND $a.@key(state) == 'failed').@count > 0",
      'always-false',
      'warning',
      32,
      'never both',
    ],
    ["'a' IN @property(r) AND (NOT 'a' IN @property(r))", 'always-false', 'warning', 1, 'never both'],
    [
      "@status(device.model.family) == 'x' AND @status(passcode.is-present) == 'true'",
      'always-false',
      'warning',
      1,
      'Cannot become true: @status(passcode.is-present) == "true" is false',
    ],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
