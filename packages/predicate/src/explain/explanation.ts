import type { Node } from '../ast/children.ts'
import type { Outcome } from '../compile/outcome.ts'
import type { Origin } from '../context/origin.ts'
import type { Value } from '../value/value.ts'

/** One part of a predicate, and what it came to. */
export interface Explanation {
  readonly node: Node
  /** The part, written canonically. */
  readonly text: string
  readonly result: ExplainedResult
  /** Where a value comes from; of terms and literals. */
  readonly source?: ValueSource
  /** What is not plain from the values. */
  readonly why?: string
  /** The answer was known before this was looked at; it is shown what it would have been. */
  readonly skipped: boolean
  /** Inside a SUBQUERY: for which element. */
  readonly element?: { readonly variable: string; readonly value: Value }
  readonly children: readonly Explanation[]
}

/** A value (undefined is nil; predicates give a boolean), or the error in its place. */
export type ExplainedResult =
  | { readonly kind: 'value'; readonly value: Value | undefined }
  | Extract<Outcome, { kind: 'error' }>

export type ValueSource =
  | { readonly kind: 'status'; readonly origin: Origin | undefined }
  | { readonly kind: 'property' }
  | { readonly kind: 'literal' }

/** Why a predicate has the outcome that it has. */
export interface Explained {
  readonly outcome: Outcome
  readonly tree: Explanation
  /** The smallest part that settles the outcome. */
  readonly deciding: Explanation
  /** Each term that has a value, and the outcome if it had none. */
  readonly absences: readonly Absence[]
}

export interface Absence {
  readonly term: string
  readonly outcome: Outcome
}
