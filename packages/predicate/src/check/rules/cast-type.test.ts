import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { castType } from './cast-type.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => castType(parse(source), items)

describe('the type of a CAST', () => {
  it.each(["CAST(a, 'NSNumber') == 1", 'CAST(a, b) == 1'])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([["CAST(a, 'NSData') == 1", 'cast-type', 'error', 'NSData', 9]])(
    'finds in %s: %s',
    (source, code, severity, shown, column) => {
      const [problem, ...more] = found(source)
      expect(more).toEqual([])
      expect(problem).toMatchObject({ code, severity, at: { column } })
      expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
    },
  )
})
