import type { PredicateNode } from '../ast/nodes.ts'
import type { Token } from '../lexer/token.ts'
import type { Place } from '../source/place.ts'
import { comparison } from './comparison.ts'
import type { Grammar } from './grammar.ts'

/** Predicate : Or */
export function predicate(grammar: Grammar): PredicateNode {
  return grammar.nested(() => or(grammar))
}

/** Or : And { ( "OR" | "||" ) And } */
function or(grammar: Grammar): PredicateNode {
  const { tokens } = grammar
  const at = tokens.here
  const first = and(grammar)
  const operands = [first.node]
  let mixedAt = first.bareAt
  while (skip(grammar, 'OR', '||')) {
    const next = and(grammar)
    operands.push(next.node)
    mixedAt ??= next.bareAt
  }
  if (operands.length === 1) return first.node
  return grammar.grown({ kind: 'or', operands, at, ...(mixedAt && { mixedAt }) })
}

/** And : Not { ( "AND" | "&&" ) Not } */
function and(grammar: Grammar): { node: PredicateNode; bareAt?: Place } {
  const at = grammar.tokens.here
  const first = not(grammar)
  const operands = [first]
  const bareAt = grammar.tokens.here
  while (skip(grammar, 'AND', '&&')) operands.push(not(grammar))
  if (operands.length === 1) return { node: first }
  return { node: grammar.grown({ kind: 'and', operands, at }), bareAt }
}

/** Not : ( "NOT" | "!" ) Not | Primary */
function not(grammar: Grammar): PredicateNode {
  const at = grammar.tokens.here
  if (!skip(grammar, 'NOT', '!')) return primary(grammar)
  const operand = grammar.nested(() => not(grammar))
  return grammar.grown({ kind: 'not', operand, at })
}

/** Primary : "TRUEPREDICATE" | "FALSEPREDICATE" | "(" Predicate ")" | Comparison */
function primary(grammar: Grammar): PredicateNode {
  const { tokens } = grammar
  const at = tokens.here
  if (tokens.isWord('TRUEPREDICATE', 'FALSEPREDICATE')) {
    const value = tokens.isWord('TRUEPREDICATE')
    tokens.advance()
    return { kind: 'constant', value, at }
  }
  if (!tokens.isSymbol('(') || continuesExpression(tokens.afterParenthesis)) return comparison(grammar)
  tokens.advance()
  const inner = predicate(grammar)
  tokens.takeSymbol(')', ', AND or OR')
  return inner
}

const afterExpression = new Set(
  (
    '= == != <> < > <= =< >= => + - * / ** . [ ' +
    'CONTAINS IN BEGINSWITH ENDSWITH LIKE MATCHES BETWEEN UTI-CONFORMS-TO UTI-EQUALS UNION INTERSECT MINUS'
  ).split(' '),
)

/** Whether a parenthesis followed by this token held an expression: `(a + 1) > 2`. */
function continuesExpression(token: Token | undefined): boolean {
  if (token?.kind === 'symbol') return afterExpression.has(token.text)
  return token?.kind === 'word' && afterExpression.has(token.upper)
}

function skip(grammar: Grammar, word: string, symbol: string): boolean {
  const found = grammar.tokens.isWord(word) || grammar.tokens.isSymbol(symbol)
  if (found) grammar.tokens.advance()
  return found
}
