import type { Comparison, ComparisonOperator, Qualifier } from '../ast/nodes.ts'
import type { Grammar } from './grammar.ts'

/** Comparison : [ "ANY" | "SOME" | "ALL" | "NONE" ] Expression Operator Expression */
export function comparison(grammar: Grammar): Comparison {
  const { tokens } = grammar
  const at = tokens.here
  const named = qualifier(grammar)
  const left = grammar.expression()
  const operatorAt = tokens.here
  const written = operator(grammar)
  const letters = written.options ? options(grammar) : ''
  const right = grammar.expression()
  const parts = { left, operator: written.operator, options: letters, right, operatorAt, at }
  return grammar.grown({ kind: 'comparison', ...parts, ...(named && { qualifier: named }) })
}

const qualifiers: ReadonlyMap<string, Qualifier> = new Map([
  ['ANY', 'ANY'],
  ['SOME', 'ANY'],
  ['ALL', 'ALL'],
  ['NONE', 'NONE'],
])

function qualifier(grammar: Grammar): Qualifier | undefined {
  const { tokens } = grammar
  const found = tokens.next.kind === 'word' ? qualifiers.get(tokens.next.upper) : undefined
  if (found) tokens.advance()
  return found
}

const operators: ReadonlyMap<string, { operator: ComparisonOperator; options: boolean }> = new Map([
  ['=', { operator: '==', options: true }],
  ['==', { operator: '==', options: true }],
  ['!=', { operator: '!=', options: true }],
  ['<>', { operator: '!=', options: true }],
  ['<', { operator: '<', options: true }],
  ['>', { operator: '>', options: true }],
  ['<=', { operator: '<=', options: true }],
  ['=<', { operator: '<=', options: true }],
  ['>=', { operator: '>=', options: true }],
  ['=>', { operator: '>=', options: true }],
  ['CONTAINS', { operator: 'CONTAINS', options: true }],
  ['IN', { operator: 'IN', options: true }],
  ['BEGINSWITH', { operator: 'BEGINSWITH', options: true }],
  ['ENDSWITH', { operator: 'ENDSWITH', options: true }],
  ['LIKE', { operator: 'LIKE', options: true }],
  ['MATCHES', { operator: 'MATCHES', options: true }],
  ['BETWEEN', { operator: 'BETWEEN', options: false }],
  ['UTI-CONFORMS-TO', { operator: 'UTI-CONFORMS-TO', options: false }],
  ['UTI-EQUALS', { operator: 'UTI-EQUALS', options: false }],
])

/** Operator : Equality [ Options ] | Ordering [ Options ] | WordOperator [ Options ] | "BETWEEN" | "UTI-CONFORMS-TO" | "UTI-EQUALS" */
function operator(grammar: Grammar) {
  const { tokens } = grammar
  const { next } = tokens
  const text = next.kind === 'symbol' ? next.text : next.kind === 'word' ? next.upper : ''
  const found = operators.get(text)
  if (found) {
    tokens.advance()
    return found
  }
  if (text === 'NOT') throw tokens.unexpected('an operator (NOT stands before the whole comparison)')
  if (text === 'IS') throw tokens.unexpected('an operator (a missing value is found with == nil)')
  throw tokens.unexpected('an operator such as ==, <, IN or CONTAINS')
}

const LETTERS = 'cdnl'

/** Options : "[" ( "c" | "d" | "n" | "l" )+ "]", the brackets and letters in one piece */
function options(grammar: Grammar): string {
  const { tokens } = grammar
  if (!tokens.isSymbol('[')) return ''
  const opening = tokens.advance()
  const letters = tokens.next
  const closing = tokens.peek(1)
  const whole = closing.kind === 'symbol' && closing.text === ']' && closing.end === letters.end + 1
  if (letters.kind !== 'word' || letters.offset !== opening.end || !whole || !/^[cdnl]+$/i.test(letters.text)) {
    throw tokens.unexpected('one or more of the options c, d, n and l in brackets (a list is written {…})')
  }
  tokens.advance()
  tokens.advance()
  return [...LETTERS].filter((letter) => letters.text.toLowerCase().includes(letter)).join('')
}
