import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { countOfNothing } from './count-of-nothing.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => countOfNothing(parse(source), items)

describe('a count compared with 0', () => {
  it.each(['@status(mdm.app).@count > 0', '@status(mdm.app).@count == 1'])('accepts %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    ['@status(mdm.app).@count != 0', 'count-of-nothing', 'warning', '@status(mdm.app).@count > 0', 1],
    ['@status(mdm.app).@count == 0', 'count-of-nothing', 'warning', 'NOT @status(mdm.app).@count > 0', 1],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
