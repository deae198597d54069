import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { bareKey } from './bare-key.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => bareKey(parse(source), items)

describe('a bare key', () => {
  it.each([
    "@status(device.model.family) == 'iPad'",
    "device.model.family == 'iPad'",
    "SUBQUERY(@status(mdm.app), $a, $a.state == 'x').@count > 0",
  ])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['@property(vip) == gold', 'bare-key', 'warning', 'gold', 19],
    ['@property(a) == iPad.mini', 'bare-key', 'warning', 'iPad.mini', 17],
    ['com.example-app == @property(a)', 'bare-key', 'warning', 'com.example-app', 1],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
