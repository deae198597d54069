import type { ArithmeticOperator, Expression, SetOperator } from '../ast/nodes.ts'
import type { Grammar } from './grammar.ts'
import { postfix } from './postfix.ts'

/** Expression : Variable ":=" Expression | SetExpression */
export function expression(grammar: Grammar): Expression {
  const { tokens } = grammar
  return grammar.nested(() => {
    const at = tokens.here
    const left = setExpression(grammar)
    if (left.kind !== 'variable' || !tokens.skipSymbol(':=')) return left
    return grammar.grown({ kind: 'assignment', variable: left.name, value: expression(grammar), at })
  })
}

/** SetExpression : Additive { ( "UNION" | "INTERSECT" | "MINUS" ) Additive } */
function setExpression(grammar: Grammar): Expression {
  const at = grammar.tokens.here
  let left = additive(grammar)
  for (let operator = setOperator(grammar); operator; operator = setOperator(grammar)) {
    left = grammar.grown({ kind: 'set', operator, left, right: additive(grammar), at })
  }
  return left
}

function setOperator(grammar: Grammar): SetOperator | undefined {
  const { next } = grammar.tokens
  const found = (['UNION', 'INTERSECT', 'MINUS'] as const).find((word) => next.kind === 'word' && next.upper === word)
  if (found) grammar.tokens.advance()
  return found
}

/** Additive : Multiplicative { ( "+" | "-" ) Multiplicative } */
function additive(grammar: Grammar): Expression {
  return leftward(grammar, ['+', '-'], multiplicative, multiplicative)
}

/** Multiplicative : Power { ( "*" | "/" ) Power } */
function multiplicative(grammar: Grammar): Expression {
  return leftward(grammar, ['*', '/'], power, power)
}

/** Power : "-" Power | Postfix { "**" Unary } */
function power(grammar: Grammar): Expression {
  if (grammar.tokens.isSymbol('-')) return negated(grammar, power)
  return leftward(grammar, ['**'], postfix, unary)
}

/** Unary : "-" Unary | Postfix */
function unary(grammar: Grammar): Expression {
  return grammar.tokens.isSymbol('-') ? negated(grammar, unary) : postfix(grammar)
}

function negated(grammar: Grammar, read: (grammar: Grammar) => Expression): Expression {
  const at = grammar.tokens.here
  grammar.tokens.advance()
  return grammar.grown({ kind: 'negation', operand: grammar.nested(() => read(grammar)), at })
}

function leftward(
  grammar: Grammar,
  operators: readonly ArithmeticOperator[],
  first: (grammar: Grammar) => Expression,
  rest: (grammar: Grammar) => Expression,
): Expression {
  const at = grammar.tokens.here
  let left = first(grammar)
  for (;;) {
    const operator = operators.find((text) => grammar.tokens.isSymbol(text))
    if (!operator) return left
    grammar.tokens.advance()
    left = grammar.grown({ kind: 'arithmetic', operator, left, right: rest(grammar), at })
  }
}
