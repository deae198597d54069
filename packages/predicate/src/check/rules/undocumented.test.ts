import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { undocumented } from './undocumented.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => undocumented(parse(source), items)

describe('what is not documented', () => {
  it.each(["a ==[cd] 'x'"])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["a ==[l] 'x'", 'undocumented', 'warning', 'the option l', 1],
    ['TERNARY(a == 1, 1, 2) == 1', 'undocumented', 'warning', 'TERNARY', 1],
    ["CAST(a, 'NSNumber') == 1", 'undocumented', 'warning', 'CAST', 1],
    ['a UNION b == c', 'undocumented', 'warning', 'UNION', 1],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
