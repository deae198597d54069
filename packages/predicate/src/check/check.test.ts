import { describe, expect, it } from 'vitest'
import { parse } from '../parser/parse.ts'
import { check } from './check.ts'
import { statusItemTable } from './status-item-table.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'mdm.app',
  'passcode.is-present',
])

describe('check', () => {
  it.each([
    "(@status(device.model.family) == 'iPad')",
    'SUBQUERY(@status(mdm.app), $app, ($app.@key(identifier) == "com.example.app") AND ($app.@key(state) == "managed") ).@count == 1',
    '(@property(age) >= 18) AND ("Grade12" IN @property(roles))',
    "ANY @property(jamf.device.groups) IN {'a', 'b'}",
    '@status(passcode.is-present)==true',
  ])('has nothing to say about %s', (source) => {
    expect(check(parse(source), items)).toEqual([])
  })

  it('gives all problems in the order of the source', () => {
    const source = "@status(mdm.apps) == 1 AND $x == 1 OR @status(device.operating-system.version) > '16'"
    expect(check(parse(source), items).map(({ code }) => code)).toEqual([
      'unknown-status-item',
      'mixed-and-or',
      'unbound-variable',
      'version-as-text',
    ])
  })
})
