import type { PredicateContext } from '../context/predicate-context.ts'
import type { Outcome } from './outcome.ts'

/** Parses, compiles and runs; a predicate that cannot be parsed is an error of stage `parse`. */
export function evaluate(_source: string, _context: PredicateContext): Outcome {
  throw new Error('Cannot evaluate predicate: not built yet')
}
