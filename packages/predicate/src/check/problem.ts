import type { Place } from '../source/place.ts'

/** What is wrong, or likely wrong, with a predicate that parses. Errors block a commit, warnings do not. */
export interface PredicateProblem {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly at: Place
  readonly found?: string
  readonly expected?: string
  /** The whole predicate, or the term at `at`, as it should be written. */
  readonly rewrite?: string
}

/** The status items that exist, by dotted name. */
export interface StatusItemTable {
  has(name: string): boolean
  names(): Iterable<string>
}
