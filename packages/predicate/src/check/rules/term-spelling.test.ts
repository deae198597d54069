import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { termSpelling } from './term-spelling.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => termSpelling(parse(source), items)

describe('the spelling of a term', () => {
  it.each(['@status(device.model.family) == $x.@key(a)'])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['@Status(device.model.family) == 1', 'term-spelling', 'warning', '@status(device.model.family)', 1],
    ['@property (age) == 1', 'term-spelling', 'warning', '@property(age)', 1],
    ['$x.@key( a ) == 1', 'term-spelling', 'warning', '@key(a)', 4],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
