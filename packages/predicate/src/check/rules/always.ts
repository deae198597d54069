import { children, type Node, walk } from '../../ast/children.ts'
import { isPredicate } from '../../ast/is-predicate.ts'
import type { PredicateNode } from '../../ast/nodes.ts'
import { print } from '../../printer/print.ts'
import { shortened } from '../../printer/shortened.ts'
import { Budget } from '../abstract/budget.ts'
import { type Possible, possibleOutcomes } from '../abstract/possible-outcomes.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { type Shapes, shapesOf } from '../shapes/shapes.ts'

const COMPARISONS = 100_000
/** Beyond so many, the two that contradict each other are not looked for. */
const MOST_OPERANDS = 12

/**
 * No part of a predicate has the same answer whatever the device says: comparisons that contradict each other, or that
 * cover every value. Somebody who wants that writes TRUEPREDICATE or FALSEPREDICATE.
 */
export const always: Rule = (predicate, items) =>
  constantParts(predicate, shapesOf(predicate, items), new Budget(COMPARISONS))

/** The largest parts that are constant; inside a constant part nothing more is said. */
function constantParts(node: PredicateNode, shapes: Shapes, budget: Budget): readonly PredicateProblem[] {
  const found = node.kind === 'constant' || isForOthers(node) ? undefined : constancy(node, shapes, budget)
  if (found) return [found]
  return innerPredicates(node).flatMap((inner) => constantParts(inner, shapes, budget))
}

const reads: ReadonlySet<Node['kind']> = new Set(['status', 'property', 'variable', 'key', 'self'])

/** A single `==` or `!=` with something that it never equals is another rule's to explain. */
function isForOthers(node: PredicateNode): boolean {
  if (node.kind !== 'comparison' || (node.operator !== '==' && node.operator !== '!=')) return false
  return [...walk(node)].some((part) => reads.has(part.kind))
}

/** Operands, and what stands in a SUBQUERY or TERNARY. */
function innerPredicates(node: Node): readonly PredicateNode[] {
  return children(node).flatMap((child) => (isPredicate(child) ? [child] : innerPredicates(child)))
}

function constancy(node: PredicateNode, shapes: Shapes, budget: Budget): PredicateProblem | undefined {
  const possible = possibleOutcomes(node, shapes, budget)
  if (!possible) return undefined
  const { present, all, absentable } = possible
  if (is('false', present) && is('false', all)) {
    const pair = node.kind === 'and' ? contradiction(node.operands, shapes, budget) : []
    const [one = node, other] = pair
    const why = other
      ? `${quoted(one)} and ${quoted(other)} are never both true`
      : `${quoted(one)} is false for every value`
    return problem('always-false', node, `Cannot become true: ${why}`)
  }
  if (is('true', present) && is('true', all)) {
    return problem('always-true', node, `Cannot become false: ${quoted(node)} is true for every value`)
  }
  if ([...walk(node)].some((part) => part.kind === 'nil') || absentable.length === 0) return undefined
  const absent = absentable.join(' or ')
  if (is('true', present)) {
    return problem(
      'always-true',
      node,
      `Cannot become false while there is a value: only the absence of ${absent} makes it so`,
    )
  }
  return is('false', present)
    ? problem(
        'always-false',
        node,
        `Cannot become true while there is a value: only the absence of ${absent} makes it so`,
      )
    : undefined
}

/** Whether one outcome is possible and its opposite is not; an error is neither. */
function is(kind: 'true' | 'false', possible: Possible['all']): boolean {
  return possible.has(kind) && !possible.has(kind === 'true' ? 'false' : 'true')
}

/** The operand that is never true, or else the first two that never are together. */
function contradiction(operands: readonly PredicateNode[], shapes: Shapes, budget: Budget): readonly PredicateNode[] {
  const canBe = (node: PredicateNode) => possibleOutcomes(node, shapes, budget)?.all.has('true') ?? true
  if (operands.length > MOST_OPERANDS) return []
  const alone = operands.find((operand) => !canBe(operand))
  if (alone) return [alone]
  const pairs = operands.flatMap((left, at) => operands.slice(at + 1).map((right) => [left, right] as const))
  return pairs.find(([left, right]) => !canBe({ kind: 'and', operands: [left, right], at: left.at })) ?? []
}

function quoted(node: PredicateNode): string {
  return shortened(print(node), 80)
}

function problem(code: PredicateProblem['code'], { at }: PredicateNode, message: string): PredicateProblem {
  return { code, severity: 'warning', message, at }
}
