import type { PredicateNode } from '../ast/nodes.ts'

/** Reads a predicate. Throws a PredicateError of stage `parse`. */
export function parse(_source: string): PredicateNode {
  throw new Error('Cannot parse predicate: not built yet')
}
