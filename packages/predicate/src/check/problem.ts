import type { Place } from '../source/place.ts'
import type { PredicateCode } from './predicate-codes.ts'

/** What is wrong, or likely wrong, with a predicate. Errors block a commit, warnings do not. */
export interface PredicateProblem {
  readonly code: PredicateCode
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly at: Place
  readonly found?: string
  readonly expected?: string
  /** The whole predicate, or the part of it at `at`, as it should be written. */
  readonly rewrite?: string
}
