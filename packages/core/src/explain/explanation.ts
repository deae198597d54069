import type { DeclarationKind, JsonObject } from '@edict/protocol'
import type { Condition } from '../condition/condition.ts'
import type { AssignmentChannel } from '../declared.ts'
import type { Cause } from '../manifest/manifest.ts'
import type { Activity } from '../predict/influences.ts'
import type { Because } from '../predict/predict.ts'
import type { WeighedPredicate } from '../predict/weigh.ts'

/** Why one declaration is as it is on one channel: from the set that brings it to what the device says of it. */
export interface Explanation {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly type: string
  /** Of what is sent; null for what is not. */
  readonly serverToken: string | null
  /** As it is sent. */
  readonly payload: JsonObject | null
  /** `edict`: made by Edict itself. */
  readonly origin: 'declared' | 'edict'
  /** Every set that has it, also those that do not reach this channel. */
  readonly sets: readonly SetSource[]
  /** Why it is not sent, though a set brings it. */
  readonly leftOut: Cause | null
  /** What follows from what is known; null of management declarations, which are never active. */
  readonly expected: Activity | null
  readonly because: Because | null
  readonly predicate: WeighedPredicate | null
  /** Identifiers of what it names: an activation its configurations, a configuration its assets. */
  readonly refersTo: readonly string[]
  /** Identifiers of what names it, on this channel. */
  readonly referredToBy: readonly string[]
  /** Null when it is neither wanted nor on its way out. */
  readonly condition: Condition | null
}

/** A set that has a declaration, and from where a channel has the set. */
export interface SetSource {
  readonly set: string
  /** From the set's member down to the declaration, itself excluded; empty for a member. */
  readonly via: readonly string[]
  /** Whether the set counts here: it is given, and nowhere excluded. */
  readonly counts: boolean
  readonly given: readonly Given[]
}

/** An assignment of a set that reaches a channel. */
export interface Given {
  /** `device`: given to the device for its user channels. */
  readonly from: 'enrollment' | 'device' | `group:${string}`
  readonly channel: AssignmentChannel
  readonly exclude: boolean
}
