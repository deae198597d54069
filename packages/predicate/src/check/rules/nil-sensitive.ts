import type { Comparison, Expression, Not, PredicateNode } from '../../ast/nodes.ts'
import { print, printExpression } from '../../printer/print.ts'
import { shortened } from '../../printer/shortened.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { type Shapes, shapesOf } from '../shapes/shapes.ts'

/**
 * A comparison that is true where its item is absent says so: `!=`, NOT, ALL and NONE are. Beside something that is false
 * there (`x != nil AND x != 'a'`) all is well.
 */
export const nilSensitive: Rule = (predicate, items) => sensitive(predicate, () => false, shapesOf(predicate, items))

/** Whether something, by its printed form, cannot be nil where a part is looked at. */
type Guard = (text: string) => boolean

function sensitive(node: PredicateNode, guard: Guard, shapes: Shapes): readonly PredicateProblem[] {
  switch (node.kind) {
    case 'and':
      return guarded(node.operands, guard).flatMap(([operand, inside]) => sensitive(operand, inside, shapes))
    case 'or':
      return node.operands.flatMap((operand) => sensitive(operand, guard, shapes))
    case 'not': {
      const { operand } = node
      if (operand.kind !== 'comparison') return sensitive(operand, guard, shapes)
      if (operand.qualifier) return []
      return warned(node, absentable(operand, guard, shapes, falseOnNil), `NOT ${operand.operator}`)
    }
    case 'comparison':
      return warned(node, absentable(node, guard, shapes, trueOnNil), node.qualifier ?? node.operator)
    case 'constant':
      return []
  }
}

/** Each operand of an AND with what the others demand. */
function guarded(operands: readonly PredicateNode[], outer: Guard): readonly (readonly [PredicateNode, Guard])[] {
  const demands = operands.map((operand) => new Set(demanded(operand)))
  const counts = new Map<string, number>()
  for (const demand of demands) for (const text of demand) counts.set(text, (counts.get(text) ?? 0) + 1)
  return operands.map((operand, index) => {
    const own = demands[index]
    return [operand, (text) => (counts.get(text) ?? 0) > (own?.has(text) ? 1 : 0) || outer(text)]
  })
}

function trueOnNil({ qualifier, operator }: Comparison): boolean {
  return qualifier === undefined ? operator === '!=' : qualifier !== 'ANY'
}

function falseOnNil({ operator }: Comparison): boolean {
  return operator !== '!='
}

/** What a comparison of that kind reads and may be nil. A count and nil itself have rules and meanings of their own. */
function absentable(
  node: Comparison,
  guard: Guard,
  shapes: Shapes,
  concerns: (node: Comparison) => boolean,
): Expression | undefined {
  const sides = node.qualifier ? [node.left] : [node.left, node.right]
  if (!concerns(node) || sides.some((side) => side.kind === 'nil' || isCount(side))) return undefined
  return sides.find((side) => isRead(side) && shapes.mayBeNil(side) && !guard(printExpression(side)))
}

function isRead(node: Expression): boolean {
  return node.kind === 'status' || node.kind === 'property' || node.kind === 'path'
}

function isCount(node: Expression): boolean {
  const last = node.kind === 'path' ? node.steps.at(-1) : undefined
  return last?.kind === 'collection' && last.name === 'count'
}

/** What has a value wherever a part is true. */
function demanded(node: PredicateNode): readonly string[] {
  if (node.kind === 'and') return node.operands.flatMap(demanded)
  if (node.kind !== 'comparison' || node.qualifier) return []
  const { left, right, operator } = node
  const isPresence = operator === '!=' && (left.kind === 'nil' || right.kind === 'nil')
  const isEquality = operator === '==' && left.kind !== 'nil' && right.kind !== 'nil'
  const isOther = operator !== '!=' && operator !== '==' && operator !== '<=' && operator !== '>='
  const isBounded = (operator === '<=' || operator === '>=') && [left, right].some((side) => !isRead(side))
  if (!isPresence && !isEquality && !isOther && !isBounded) return []
  return [left, right].filter(isRead).map(printExpression)
}

function warned(node: Comparison | Not, absent: Expression | undefined, found: string): readonly PredicateProblem[] {
  if (!absent) return []
  const name = printExpression(absent)
  const text = print(node)
  return [
    {
      code: 'nil-sensitive',
      severity: 'warning',
      message: `Cannot tell another value from none: where ${shortened(name, 60)} is absent, ${shortened(text, 80)} is true`,
      at: node.at,
      found,
      rewrite: `(${name} != nil AND ${node.kind === 'not' ? `(${text})` : text})`,
    },
  ]
}
