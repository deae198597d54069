import { children, type Node } from '../../ast/children.ts'
import type { Variable } from '../../ast/nodes.ts'
import type { Rule } from '../rule.ts'

/** A variable is bound by the SUBQUERY around it, or assigned somewhere in the predicate. */
export const unboundVariable: Rule = (predicate) =>
  unbound(predicate, assigned(predicate)).map(({ name, at }) => ({
    code: 'unbound-variable',
    severity: 'error',
    message: `Cannot evaluate $${name}: nothing binds it`,
    at,
    found: `$${name}`,
    expected: 'a variable of a SUBQUERY around it',
  }))

function unbound(node: Node, bound: ReadonlySet<string>): readonly Variable[] {
  if (node.kind === 'variable') return bound.has(node.name) ? [] : [node]
  if (node.kind !== 'subquery') return children(node).flatMap((child) => unbound(child, bound))
  const inside = new Set([...bound, node.variable])
  return [...unbound(node.collection, bound), ...unbound(node.predicate, inside)]
}

function assigned(node: Node): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (part: Node): void => {
    if (part.kind === 'assignment') names.add(part.variable)
    children(part).forEach(visit)
  }
  visit(node)
  return names
}
