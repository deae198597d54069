import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { valueNotListed } from './value-not-listed.ts'

const found = findings(valueNotListed)

describe('a value that an item does not have', () => {
  it.each([
    "SUBQUERY(@status(mdm.app), $app, $app.@key(state) == 'managed').@count > 0",
    "@status(device.model.family) == 'iPad'",
    "@status(device.model.family) ==[c] 'ipad'",
    "@status(device.power.battery-health) IN {'normal', 'unknown'}",
    "@status(device.power.battery-health) BEGINSWITH 'norm'",
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    [
      "SUBQUERY(@status(mdm.app), $app, $app.@key(state) == 'Managed').@count > 0",
      'value-not-listed',
      'warning',
      54,
      '"managed"',
    ],
    ["@status(device.model.family) == 'Ipad'", 'value-not-listed', 'warning', 33, '"iPad"'],
    ["@status(device.power.battery-health) IN {'normal', 'poor'}", 'value-not-listed', 'warning', 52, 'no such value'],
    ["ANY @status(mdm.app).@key(state) == 'manage'", 'value-not-listed', 'warning', 37, '"managed"'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
