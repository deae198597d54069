import type { PredicateError, Stage } from '../predicate-error.ts'
import type { Place } from '../source/place.ts'

/** What evaluation gives. An error is not false: NOT leaves it an error. */
export type Outcome =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | {
      readonly kind: 'error'
      readonly stage: Stage
      readonly code: string
      readonly message: string
      readonly at: Place
    }

export function failed(error: PredicateError): Outcome {
  return { kind: 'error', stage: error.stage, code: error.code, message: error.message, at: error.at }
}
