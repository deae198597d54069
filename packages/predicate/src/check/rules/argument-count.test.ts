import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { argumentCount } from './argument-count.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => argumentCount(parse(source), items)

describe('the number of arguments', () => {
  it.each(['sum(l) == 1', 'now() != nil'])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['sum() == 1', 'argument-count', 'error', 'it takes 1, and 0 are given', 1],
    ['1 == max(a, b)', 'argument-count', 'error', 'it takes 1, and 2 are given', 6],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
