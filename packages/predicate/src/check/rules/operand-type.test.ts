import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { operandType } from './operand-type.ts'

const found = findings(operandType)

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

  it.each([
    ['@status(device.model.family) > 3', 'a string here, like the other side', 32],
    ["@status(passcode.is-present) BEGINSWITH 'x'", 'this is a boolean', 1],
    ["'x' IN @status(passcode.is-present)", 'a string or a collection', 8],
    ['3 IN @status(device.model.family)', 'a string here, and this is an integer', 1],
    ["ANY @status(device.model.family) == 'x'", 'a collection here, and this is a string', 5],
    ['ANY @status(mdm.app).@key(identifier) > 3', 'like the other side', 41],
    ['@status(device.operating-system.version) + 1 > 3', 'a number here, and this is a string', 1],
    ['SUBQUERY(@status(device.model.family), $x, $x == 1).@count > 0', 'a collection', 10],
    ['@status(passcode.is-present).@count > 0', 'a collection', 1],
    ["@status(test.integer-value) BETWEEN {'a', 'b'}", 'an integer here, like the other side', 37],
  ])('knows types from the table: %s: %s', (source, shown, column) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code: 'operand-type', severity: 'error', at: { column } })
    expect(problem?.message).toContain(shown)
  })
})
