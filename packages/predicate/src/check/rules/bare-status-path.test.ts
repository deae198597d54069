import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { bareStatusPath } from './bare-status-path.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => bareStatusPath(parse(source), items)

describe('a status item without @status', () => {
  it.each(["@status(device.model.family) == 'iPad'", 'a.b == 1', 'a - b == 1'])('accepts %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    ["device.model.family == 'iPad'", 'bare-status-path', 'warning', '@status(device.model.family)', 1],
    [
      "device.identifier.serial-number == 'X'",
      'bare-status-path',
      'error',
      '@status(device.identifier.serial-number)',
      1,
    ],
    [
      "NOT device.operating-system.version == '1'",
      'bare-status-path',
      'error',
      '@status(device.operating-system.version)',
      5,
    ],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
