import { PredicateError, type PredicateEvidence } from '../predicate-error.ts'
import type { Place } from '../source/place.ts'
import { describe } from '../value/kind.ts'
import type { Value } from '../value/value.ts'

/** Where in the source something is evaluated; makes the errors that arise there. */
export class Site {
  readonly at: Place

  constructor(at: Place) {
    this.at = at
  }

  failure(code: string, problem: string, evidence: PredicateEvidence = {}): PredicateError {
    return new PredicateError('evaluate', code, problem, this.at, evidence)
  }

  /** `who` needs one kind of value and was given another. */
  mismatch(who: string, expected: string, ...values: readonly (Value | undefined)[]): PredicateError {
    const found = values.map(describe).join(' and ')
    return this.failure('type-mismatch', `${who} needs ${expected}, found ${found}`, { found, expected })
  }
}
