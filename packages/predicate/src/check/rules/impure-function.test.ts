import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { impureFunction } from './impure-function.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => impureFunction(parse(source), items)

describe('a function of the moment', () => {
  it.each(['sum(l) == 1'])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['now() > a', 'impure-function', 'warning', 'now()', 1],
    ['random() < 1', 'impure-function', 'warning', 'random()', 1],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
