import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/refusal-of.ts'
import { parse } from './parse.ts'

describe('parse', () => {
  it('takes AND as the tighter one and remembers where it stood beside OR', () => {
    expect(parse('a == 1 OR b == 2 AND c == 3')).toMatchObject({
      kind: 'or',
      operands: [{ kind: 'comparison' }, { kind: 'and' }],
      mixedAt: { offset: 17 },
    })
    expect(parse('a == 1 OR (b == 2 AND c == 3)')).not.toHaveProperty('mixedAt')
  })

  it('tells a parenthesised predicate from a parenthesised expression', () => {
    expect(parse('(a == 1)')).toMatchObject({ kind: 'comparison', left: { kind: 'key' } })
    expect(parse('(a + 1) > 2')).toMatchObject({ left: { kind: 'arithmetic' } })
    expect(parse('((a)) == (1)')).toMatchObject({ left: { kind: 'key' }, right: { kind: 'number' } })
    expect(parse('(a) IN b')).toMatchObject({ operator: 'IN' })
    expect(parse('((a).b == 1 AND (b)[0] == 2)')).toMatchObject({ kind: 'and' })
  })

  it('gives every node its place', () => {
    expect(parse('a == 1 AND\n  b == "x"')).toMatchObject({
      operands: [{ at: { line: 1, column: 1 } }, { at: { line: 2, column: 3 }, right: { at: { line: 2, column: 8 } } }],
    })
  })

  it('lets a collection operator keep its path where parentheses end it', () => {
    expect(parse('(a.@max.b).c == 1')).toMatchObject({ left: { kind: 'path', base: { kind: 'path' } } })
    expect(parse('a.@max.b.c == 1')).toMatchObject({ left: { base: { kind: 'key' }, steps: { length: 3 } } })
  })

  it.each([
    ['a ==', 'expected a value, found the end', 5],
    ["a == 'x", 'the string is not closed', 6],
    ['a IS NOT NULL', 'a missing value is found with == nil', 3],
    ["a NOT IN 'x'", 'NOT stands before the whole comparison', 3],
    ['in == 1', 'as a key it is written #in', 1],
    ['a == %@', 'stands for an argument', 6],
    ['a == “x”', 'typographic quote', 6],
    ['a IN [1, 2]', 'a list is written {…}', 7],
    ['length(a) == 2', 'is no function', 1],
    ['@state(a) == 1', '@state is no term', 1],
    ["@status('a') == 1", 'needs an unquoted name', 1],
    ["a == '\\u12'", '4 hexadecimal digits', 7],
    ['a == 12abc', 'runs into a name', 6],
    ['a == 1 b == 2', 'expected AND, OR or the end', 8],
    ['a == .5', 'expected a value, found .', 6],
    ['@status(a)', 'expected an operator', 11],
    ['@key(a) == 1', 'follows an item', 1],
  ])('refuses %s, saying: %s', (source, message, column) => {
    const error = refusalOf(source)
    expect(error.message).toMatch(/^Cannot parse predicate: /)
    expect(error.message).toContain(message)
    expect(error.at.column).toBe(column)
    expect(error.stage).toBe('parse')
  })
})
