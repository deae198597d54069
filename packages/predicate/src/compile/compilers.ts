import type { Expression, PredicateNode } from '../ast/nodes.ts'
import type { Read, Test } from '../runtime/frame.ts'

/** The two entrances of the compiler, for nodes inside nodes. */
export interface Compilers {
  predicate(node: PredicateNode): Test
  expression(node: Expression): Read
}
