import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { regularExpression } from './regular-expression.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => regularExpression(parse(source), items)

describe('a regular expression', () => {
  it.each(["a MATCHES 'x+'", 'a MATCHES b', "a LIKE '('"])('accepts %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ["a MATCHES '('", 'regex-invalid', 'error', 'a parenthesis is not closed', 11],
    ["a MATCHES '(a)\\\\1'", 'regex-unsupported', 'error', 'back reference', 11],
    ["a MATCHES '(a{999}){999}'", 'regex-too-large', 'error', 'larger', 11],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
