import type { Availability, ByPlatform, Requirements, ValueFacts } from '@edict/catalogue'
import type { Json } from '@edict/protocol'
import type { Target } from '../../eligibility/eligibility.ts'
import type { Problem } from '../../problem.ts'
import type { Notation } from './notation.ts'

/** A value in a payload beside what Apple's schema says about it. */
export interface PayloadPlace {
  readonly value: Json
  readonly facts: ValueFacts
  /** How types that JSON lacks are written here. */
  readonly notation: Notation
  /** JSON pointer into what was written. */
  readonly at: string
  /** Its name for people: the last key of the pointer, or `Payload`. */
  readonly name: string
  /** Keys from the Payload down, `*` for each item of an array and each key of any name. */
  readonly path: readonly string[]
  /** Where it can be used, with what the type and the keys around it restrict. */
  readonly availability: ByPlatform<Availability & Requirements>
  /** Where that can be used which it is in. */
  readonly around: ByPlatform<Availability & Requirements>
}

/** What a payload is of, and whom it is meant for; no targets when nobody said. */
export interface PayloadSubject {
  readonly draft: { readonly type: string }
  readonly targets?: readonly Target[]
}

/** One check of each value of a payload. */
export type PayloadRule = (place: PayloadPlace, subject: PayloadSubject) => readonly Problem[]
