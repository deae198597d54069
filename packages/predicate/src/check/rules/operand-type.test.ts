import { describe, expect, it } from 'vitest'
import { parse } from '../../parser/parse.ts'
import { statusItemTable } from '../status-item-table.ts'
import { operandType } from './operand-type.ts'

const items = statusItemTable([
  'device.model.family',
  'device.operating-system.version',
  'device.identifier.serial-number',
  'mdm.app',
  'management.declarations',
  'passcode.is-present',
])
const found = (source: string) => operandType(parse(source), items)

describe('operands of the wrong kind', () => {
  it.each(["a BEGINSWITH 'x'", 'a IN {1, 2}', 'a BETWEEN {1, 2}', 'ANY {1, 2} == a', "a < 'b'", 'a == 5', 'a + 1 > 2'])(
    'accepts %s',
    (source) => expect(found(source)).toEqual([]),
  )

  it.each([
    ['a BEGINSWITH 5', 'operand-type', 'error', 'BEGINSWITH', 14],
    ['a IN 5', 'operand-type', 'error', 'a string or a collection', 6],
    ['5 CONTAINS a', 'operand-type', 'error', 'a string or a collection', 1],
    ['a BETWEEN {1}', 'operand-type', 'error', 'two bounds', 11],
    ['a BETWEEN 5', 'operand-type', 'error', 'two bounds', 11],
    ["ANY 'abc' == a", 'operand-type', 'error', 'a collection', 5],
    ['a < {1}', 'operand-type', 'error', 'a number, string or date', 5],
    ["a + 'x' == 1", 'operand-type', 'error', 'a number', 5],
    ['a MATCHES {1}', 'operand-type', 'error', 'a string', 11],
  ])('finds in %s: %s', (source, code, severity, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} ${problem?.rewrite}`).toContain(shown)
  })
})
