import type { Availability, ByPlatform, ValueFacts } from '@edict/catalogue'
import type { Json } from '@edict/protocol'
import type { Problem } from '../../problem.ts'
import type { Proposal } from '../rule.ts'

/** A value in a payload beside what Apple's schema says about it. */
export interface PayloadPlace {
  readonly value: Json
  readonly facts: ValueFacts
  /** JSON pointer into the declaration. */
  readonly at: string
  /** Its name for people: the last key of the pointer, or `Payload`. */
  readonly name: string
  /** Keys from the Payload down, `*` for each item of an array and each key of any name. */
  readonly path: readonly string[]
  /** Where it can be used, with what the type and the keys around it restrict. */
  readonly availability: ByPlatform<Availability>
  /** Where that can be used which it is in. */
  readonly around: ByPlatform<Availability>
}

/** One check of each value of a payload. */
export type PayloadRule = (place: PayloadPlace, proposal: Proposal) => readonly Problem[]
