import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { neverEqual } from './never-equal.ts'

const found = findings(neverEqual)

describe('types that are never equal', () => {
  it.each([
    '@status(passcode.is-present) == TRUE',
    '@status(passcode.is-present) == 1',
    "@status(device.model.family) == 'iPad'",
    "@property(age) == '18'",
    "'a' IN @property(roles)",
    "@status(device.model.family) IN {'iPad', 'iPhone'}",
    "ANY @status(mdm.app).@key(identifier) == 'x'",
    '@status(passcode.is-present) == nil',
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["@status(passcode.is-present) == 'true'", 'never-equal', 'warning', 33, '| TRUE'],
    ["@status(passcode.is-present) != 'true'", 'never-equal', 'warning', 33, 'always true'],
    ['@status(device.operating-system.version) == 18', 'never-equal', 'warning', 45, '| "18"'],
    ["@status(mdm.app) == 'com.example.app'", 'never-equal', 'warning', 21, 'an array'],
    ["@status(test.integer-value) IN {1, '2'}", 'never-equal', 'warning', 36, '| 2'],
    ['@status(passcode.is-present) == 2', 'never-equal', 'warning', 33, 'never equal to 2'],
    [
      "SUBQUERY(@status(app.managed.list), $a, $a.@key(external-version-id) == '5').@count > 0",
      'never-equal',
      'warning',
      73,
      '| 5',
    ],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
