import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { versionAsText } from './version-as-text.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => versionAsText(parse(source), items)

describe('the order of versions', () => {
  it.each([
    "@status(device.operating-system.version) == '16.4'",
    "@status(device.operating-system.version) BEGINSWITH '16.'",
    '@property(version) > 3',
  ])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["@status(device.operating-system.version) >= '16.4'", 'version-as-text', 'warning', "'16.10' < '16.4'", 42],
    ["'26.0' < @status(device.operating-system.version)", 'version-as-text', 'warning', '<', 8],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
