import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { itemKeyUnknown } from './item-key-unknown.ts'

const found = findings(itemKeyUnknown)

describe('@key', () => {
  it.each([
    "SUBQUERY(@status(mdm.app), $app, $app.@key(state) == 'managed').@count > 0",
    "ANY @status(mdm.app).@key(identifier) == 'x'",
    "@property(site).@key(code) == 'x'",
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    [
      "SUBQUERY(@status(mdm.app), $app, $app.@key(stat) == 'managed').@count > 0",
      'item-key-unknown',
      'error',
      39,
      '@key(state)',
    ],
    [
      "SUBQUERY(@status(mdm.app), $app, $app.@key(bundle-id) == 'x').@count > 0",
      'item-key-unknown',
      'error',
      39,
      'no such key',
    ],
    ['@status(passcode.is-present).@key(value) == TRUE', 'item-key-unknown', 'error', 30, 'a boolean'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
