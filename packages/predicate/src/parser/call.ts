import type { Expression } from '../ast/nodes.ts'
import type { Token } from '../lexer/token.ts'
import type { Grammar } from './grammar.ts'

/** Call : "SUBQUERY" … | "TERNARY" … | "CAST" … | "FUNCTION" …; undefined where none of these words comes next */
export function special(grammar: Grammar): Expression | undefined {
  const { tokens } = grammar
  if (tokens.isWord('SUBQUERY')) return subquery(grammar)
  if (tokens.isWord('CAST')) return cast(grammar)
  const opens = isOpening(tokens.peek(1))
  if (opens && tokens.isWord('TERNARY')) return ternary(grammar)
  if (opens && tokens.isWord('FUNCTION')) return functionExpression(grammar)
  return undefined
}

/** Subquery : "SUBQUERY" "(" Expression "," Variable "," Predicate ")" */
function subquery(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  open(grammar)
  const collection = grammar.expression()
  tokens.takeSymbol(',')
  const variable = tokens.next
  if (variable.kind !== 'variable') throw tokens.unexpected('a variable such as $item')
  tokens.advance()
  tokens.takeSymbol(',')
  const predicate = grammar.predicate()
  tokens.takeSymbol(')')
  return grammar.grown({ kind: 'subquery', collection, variable: variable.name, predicate, at })
}

/** Ternary : "TERNARY" "(" Predicate "," Expression "," Expression ")" */
function ternary(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  open(grammar)
  const condition = grammar.predicate()
  tokens.takeSymbol(',')
  const then = grammar.expression()
  tokens.takeSymbol(',')
  const otherwise = grammar.expression()
  tokens.takeSymbol(')')
  return grammar.grown({ kind: 'ternary', condition, then, otherwise, at })
}

/** Cast : "CAST" "(" Expression "," Expression ")" */
function cast(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  open(grammar)
  const operand = grammar.expression()
  tokens.takeSymbol(',')
  const type = grammar.expression()
  tokens.takeSymbol(')')
  return grammar.grown({ kind: 'cast', operand, type, at })
}

/** Function : "FUNCTION" "(" Expression "," Expression { "," Expression } ")" */
function functionExpression(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  open(grammar)
  const first = grammar.expression()
  if (!tokens.isSymbol(',')) throw tokens.unexpected(', and the name of a selector')
  tokens.advance()
  return grammar.grown({ kind: 'function', arguments: [first, ...argumentList(grammar)], at })
}

const functions: ReadonlySet<string> = new Set(
  'sum count min max average median mode stddev sqrt log ln exp floor ceiling abs trunc random randomn now'.split(' '),
)

/** Call : FunctionName "(" [ Expression { "," Expression } ] ")" */
export function call(grammar: Grammar, name: string): Expression {
  const { tokens } = grammar
  const at = tokens.here
  if (!functions.has(name)) {
    throw tokens.refuse('function-unknown', `${name}(…) is no function`, tokens.next.offset, {
      found: name,
      expected: [...functions].join(', '),
    })
  }
  open(grammar)
  if (tokens.skipSymbol(')')) return { kind: 'call', name, arguments: [], at }
  return grammar.grown({ kind: 'call', name, arguments: argumentList(grammar), at })
}

/** SelectorCall : Identifier ":" { Identifier ":" } "(" Expression { "," Expression } ")" */
export function selectorCall(grammar: Grammar): Expression {
  const { tokens } = grammar
  const start = tokens.next
  const at = tokens.here
  let name = ''
  let parts = 0
  for (let next = tokens.next; next.kind === 'word'; next = tokens.next) {
    tokens.advance()
    tokens.takeSymbol(':')
    name += `${next.text}:`
    parts += 1
  }
  tokens.takeSymbol('(')
  const given = argumentList(grammar)
  const short = name.slice(0, -1)
  if (parts === 1 && functions.has(short)) return grammar.grown({ kind: 'call', name: short, arguments: given, at })
  if (given.length !== parts) {
    throw tokens.refuse('argument-count', `${name}(…) takes ${parts}, and ${given.length} are given`, start.offset)
  }
  return grammar.grown({ kind: 'selector', name, arguments: given, at })
}

function open(grammar: Grammar): void {
  grammar.tokens.advance()
  grammar.tokens.takeSymbol('(')
}

function argumentList(grammar: Grammar): readonly Expression[] {
  const given: Expression[] = []
  do given.push(grammar.expression())
  while (grammar.tokens.skipSymbol(','))
  grammar.tokens.takeSymbol(')', ' or ,')
  return given
}

function isOpening(token: Token): boolean {
  return token.kind === 'symbol' && token.text === '('
}
