import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { unboundVariable } from './unbound-variable.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => unboundVariable(parse(source), items)

describe('a variable', () => {
  it.each([
    'SUBQUERY(l, $x, $x == 1).@count > 0',
    'SUBQUERY(l, $x, SUBQUERY($x.m, $y, $y == $x).@count > 0).@count > 0',
    '($x := 5) == 5 AND $x == 5',
  ])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['$x == 1', 'unbound-variable', 'error', '$x', 1],
    ['SUBQUERY($x, $x, $x == 1).@count > 0', 'unbound-variable', 'error', '$x', 10],
    ['SUBQUERY(l, $x, $y == 1).@count > 0', 'unbound-variable', 'error', '$y', 17],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
