import type { Comparison, Expression } from '../../ast/nodes.ts'
import { literalKind } from '../literal-kind.ts'
import { nodesOf } from '../nodes-of.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'

/** Operands whose kind is written down are of a kind that the operator takes; the wrong one is an error on the device. */
export const operandType: Rule = (predicate) => [
  ...nodesOf(predicate, 'comparison').flatMap(comparisonProblems),
  ...nodesOf(predicate, 'arithmetic').flatMap((node) =>
    [node.left, node.right].flatMap((side) =>
      wrong(node.operator, side, 'a number', isWritten(side, 'string', 'array')),
    ),
  ),
]

function comparisonProblems(node: Comparison): readonly PredicateProblem[] {
  const { operator, left, right, qualifier } = node
  if (qualifier && literalKind(left) && literalKind(left) !== 'array') {
    return wrong(qualifier, left, 'a collection', true)
  }
  const one = qualifier ? undefined : left
  switch (operator) {
    case 'BEGINSWITH':
    case 'ENDSWITH':
    case 'LIKE':
    case 'MATCHES':
      return [one, right].flatMap((side) => wrong(operator, side, 'a string', isWritten(side, 'number', 'array')))
    case 'IN':
      return wrong(operator, right, 'a string or a collection', isWritten(right, 'number'))
    case 'CONTAINS':
      return wrong(operator, one, 'a string or a collection', isWritten(one, 'number'))
    case 'BETWEEN':
      if (right.kind === 'aggregate') return wrong(operator, right, 'two bounds', right.elements.length !== 2)
      return wrong(operator, right, 'an array of two bounds', literalKind(right) !== undefined)
    case '<':
    case '>':
    case '<=':
    case '>=':
      return [one, right].flatMap((side) => wrong(operator, side, 'a number, string or date', isWritten(side, 'array')))
    default:
      return []
  }
}

function isWritten(node: Expression | undefined, ...kinds: readonly string[]): boolean {
  return node !== undefined && kinds.includes(literalKind(node) ?? '')
}

function wrong(
  who: string,
  node: Expression | undefined,
  expected: string,
  isWrong: boolean,
): readonly PredicateProblem[] {
  if (!node || !isWrong) return []
  const message = `Cannot evaluate ${who}: it needs ${expected} here`
  return [{ code: 'operand-type', severity: 'error', message, at: node.at, found: node.kind, expected }]
}
