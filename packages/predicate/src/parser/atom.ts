import type { Expression } from '../ast/nodes.ts'
import { call, selectorCall, special } from './call.ts'
import type { Grammar } from './grammar.ts'

/** Atom : Literal | Aggregate | "(" Expression ")" | "SELF" | Variable | Identifier | "#" AnyWord | "@" CollectionOperator | Call | Extension */
export function atom(grammar: Grammar): Expression {
  const { tokens } = grammar
  const { next } = tokens
  const at = tokens.here
  switch (next.kind) {
    case 'string':
      tokens.advance()
      return { kind: 'string', value: next.value, at, ...(next.written !== undefined && { written: next.written }) }
    case 'number':
      tokens.advance()
      return { kind: 'number', value: next.value, real: next.real, at }
    case 'variable':
      tokens.advance()
      return { kind: 'variable', name: next.name, at }
    case 'escaped':
      tokens.advance()
      return { kind: 'key', name: next.text, at }
    case 'collection':
      tokens.advance()
      return { kind: 'path', base: { kind: 'self', at }, steps: [{ kind: 'collection', name: next.name, at }], at }
    case 'term':
      return extension(grammar)
    case 'word':
      return word(grammar)
    case 'symbol':
      if (next.text === '{') return aggregate(grammar)
      if (next.text === '(') return parenthesis(grammar)
      throw tokens.unexpected('a value')
    case 'end':
      throw tokens.unexpected('a value')
  }
}

/** Extension : "@status" "(" ItemName ")" | "@property" "(" ItemName ")" */
function extension(grammar: Grammar): Expression {
  const { tokens } = grammar
  const { next } = tokens
  const at = tokens.here
  if (next.kind !== 'term' || next.term === 'key')
    throw tokens.unexpected('a value (@key(…) follows an item: $item.@key(…))')
  tokens.advance()
  return { kind: next.term, name: next.name, at, ...(next.written !== undefined && { written: next.written }) }
}

/** Aggregate : "{" [ Expression { "," Expression } ] "}" */
function aggregate(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  tokens.advance()
  const elements: Expression[] = []
  if (!tokens.isSymbol('}')) {
    do elements.push(grammar.expression())
    while (tokens.skipSymbol(','))
  }
  tokens.takeSymbol('}', ' or ,')
  return grammar.grown({ kind: 'aggregate', elements, at })
}

function parenthesis(grammar: Grammar): Expression {
  grammar.tokens.advance()
  const inner = grammar.expression()
  grammar.tokens.takeSymbol(')')
  return inner
}

/** Literal : String | Number | "TRUE" | "YES" | "FALSE" | "NO" | "NULL" | "NIL" */
function word(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  if (tokens.isWord('TRUE', 'YES', 'FALSE', 'NO')) {
    const value = tokens.isWord('TRUE', 'YES')
    tokens.advance()
    return { kind: 'boolean', value, at }
  }
  if (tokens.isWord('NULL', 'NIL')) {
    tokens.advance()
    return { kind: 'nil', at }
  }
  if (tokens.isWord('SELF')) {
    tokens.advance()
    return { kind: 'self', at }
  }
  return special(grammar) ?? named(grammar)
}

/** Identifier, or a Call that begins with one */
function named(grammar: Grammar): Expression {
  const { tokens } = grammar
  const { next } = tokens
  const at = tokens.here
  if (!tokens.isName(next)) throw tokens.unexpected('a value')
  const following = tokens.peek(1)
  if (following.kind === 'symbol' && following.text === '(') return call(grammar, next.text)
  if (following.kind === 'symbol' && following.text === ':') return selectorCall(grammar)
  tokens.advance()
  return { kind: 'key', name: next.text, at }
}
