import type { Value } from '../value/value.ts'
import type { Origin } from './origin.ts'

/** What a predicate is evaluated against. A missing value is `undefined`, which reads as nil. */
export interface PredicateContext {
  /** The value for the text inside `@status(…)`. */
  status(name: string): Value | undefined
  /** The value for the text inside `@property(…)`. */
  property(name: string): Value | undefined
  /** What is known of the value of a status item beyond the value; explanations tell it. */
  origin?(name: string): Origin | undefined
  /** The object that bare key paths and SELF mean. */
  readonly root?: Value
  /** Milliseconds since 1970 for `now()`; without it `now()` is an error. */
  readonly now?: number
  /** A number in [0, 1) for `random()`; without it `random()` is an error. */
  readonly random?: () => number
}
