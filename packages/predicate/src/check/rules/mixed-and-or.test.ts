import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { mixedAndOr } from './mixed-and-or.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => mixedAndOr(parse(source), items)

describe('AND beside OR', () => {
  it.each([
    'a == 1 OR (b == 2 AND c == 3)',
    '(a == 1 OR b == 2) AND c == 3',
    'a == 1 AND b == 2 AND c == 3',
    'a == 1 || b == 2',
  ])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['a == 1 OR b == 2 AND c == 3', 'mixed-and-or', 'error', 'a == 1 OR (b == 2 AND c == 3)', 18],
    ['a == 1 && b == 2 || c == 3', 'mixed-and-or', 'error', '(a == 1 AND b == 2) OR c == 3', 8],
    [
      'SUBQUERY(l, $x, $x == 1 OR $x == 2 AND a == 1).@count > 0',
      'mixed-and-or',
      'error',
      '$x == 1 OR ($x == 2 AND a == 1)',
      36,
    ],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
