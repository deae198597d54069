import type { Node } from './children.ts'
import type { PredicateNode } from './nodes.ts'

/** Whether a node is true or false, rather than having a value. */
export function isPredicate(node: Node): node is PredicateNode {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'not':
    case 'comparison':
    case 'constant':
      return true
    default:
      return false
  }
}
