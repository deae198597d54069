import type { PredicateNode } from '../ast/nodes.ts'

/** Writes a predicate canonically; `parse(print(node))` equals `node` up to places. */
export function print(_node: PredicateNode): string {
  throw new Error('Cannot print predicate: not built yet')
}
