import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { keyBelowItemUnknown } from './key-below-item-unknown.ts'

const found = findings(keyBelowItemUnknown)

describe('a key below an item', () => {
  it.each([
    'SUBQUERY(@status(management.declarations.configurations), $d, $d.@key(active) == TRUE).@count > 0',
    '@status(softwareupdate.failure-reason).count > 3',
    '@status(device.model.family).length > 3',
    "@property(site).code == 'x'",
    "ANY @status(mdm.app).identifier == 'x'",
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    [
      '@status(management.declarations.configuration).@count > 0',
      'key-below-item-unknown',
      'error',
      1,
      '@status(management.declarations.configurations)',
    ],
    ["@status(device.model.family.name) == 'iPad'", 'key-below-item-unknown', 'error', 1, 'a string'],
    ['@status(softwareupdate.failure-reason).counts > 3', 'key-below-item-unknown', 'error', 40, 'count'],
    ["ANY @status(mdm.app).colour == 'x'", 'key-below-item-unknown', 'error', 22, 'colour'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
