import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateContext } from '../context/predicate-context.ts'
import type { Outcome } from './outcome.ts'

/** Turns a tree into a closure, once; the closure gives an outcome for each context and never throws a PredicateError. */
export function compile(_node: PredicateNode): (context: PredicateContext) => Outcome {
  throw new Error('Cannot compile predicate: not built yet')
}
