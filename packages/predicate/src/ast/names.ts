import type { PredicateNode } from './nodes.ts'

/** The names inside every `@status(…)` of a predicate, each once, in order of appearance. */
export function statusNames(_node: PredicateNode): string[] {
  throw new Error('Cannot list names: not built yet')
}

/** The names inside every `@property(…)` of a predicate, each once, in order of appearance. */
export function propertyNames(_node: PredicateNode): string[] {
  throw new Error('Cannot list names: not built yet')
}
