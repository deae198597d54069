import { walk } from '../../ast/children.ts'
import type { Comparison, PredicateNode } from '../../ast/nodes.ts'
import { compile } from '../../compile/compile.ts'
import type { Outcome } from '../../compile/outcome.ts'

/** What a comparison comes to where a status item is absent; undefined where that depends on something else. */
export function outcomeWhenAbsent(comparison: PredicateNode, name: string): Outcome['kind'] | undefined {
  for (const part of walk(comparison)) {
    if (part.kind === 'property' || part.kind === 'key' || part.kind === 'self' || part.kind === 'call')
      return undefined
    if (part.kind === 'status' && part.name !== name) return undefined
  }
  return compile(comparison)({ status: () => undefined, property: () => undefined }).kind
}

/** The comparisons of a predicate, without those inside its SUBQUERYs. */
export function comparisonsOf(node: PredicateNode): readonly Comparison[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.flatMap(comparisonsOf)
    case 'not':
      return comparisonsOf(node.operand)
    case 'comparison':
      return [node]
    case 'constant':
      return []
  }
}
