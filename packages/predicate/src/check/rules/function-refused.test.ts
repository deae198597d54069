import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { functionRefused } from './function-refused.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => functionRefused(parse(source), items)

describe('a call of what a string names', () => {
  it.each(['sum(l) == 1', 'modulus:by:(a, 2) == 1'])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["FUNCTION(a, 'uppercaseString') == 'X'", 'function-refused', 'error', 'FUNCTION', 1],
    ['distanceToLocation:fromLocation:(a, b) < 1', 'function-refused', 'error', 'distanceToLocation:fromLocation:', 1],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
