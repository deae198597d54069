import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { unknownStatusItem } from './unknown-status-item.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => unknownStatusItem(parse(source), items)

describe('an unknown status item', () => {
  it.each([
    "@status(device.model.family) == 'iPad'",
    'SUBQUERY(@status(management.declarations.configurations), $d, $d.@key(active) == TRUE).@count > 0',
    "'@status(nothing)' == 'x'",
  ])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["@status(device.model.famly) == 'iPad'", 'unknown-status-item', 'error', '@status(device.model.family)', 1],
    ['1 == 1 AND @status(zzz) == 1', 'unknown-status-item', 'error', 'there is no such status item', 12],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
