import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateProblem, StatusItemTable } from './problem.ts'

/** All problems of a predicate, in the order of their places. */
export function check(_node: PredicateNode, _items: StatusItemTable): readonly PredicateProblem[] {
  throw new Error('Cannot check predicate: not built yet')
}
