import type { DeclarationKind, Json, StatusReason } from '@edict/protocol'
import type { Instant } from '../instant.ts'

export const conditionWords = [
  'left-out',
  'waiting',
  'collected',
  'unreferenced',
  'inactive',
  'failed',
  'in-force',
  'removing',
] as const

/** Our judgement of one declaration on one channel. */
export type ConditionWord = (typeof conditionWords)[number]

export interface Condition {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly serverToken: string | null
  readonly condition: ConditionWord
  readonly reason: Reason
  readonly since: Instant | null
  readonly evidence: Evidence
}

/** Why: Apple's code where the device gave one, ours otherwise, with a sentence that a person reads. */
export interface Reason {
  readonly code: string
  readonly message: string
}

/** What the judgement rests on. */
export interface Evidence {
  readonly active?: boolean
  readonly valid?: 'unknown' | 'invalid' | 'valid'
  readonly reasons?: readonly StatusReason[]
  /** The ServerToken that the device has or reported, when it is not the wanted one. */
  readonly serverToken?: string
  /** The activation whose predicate explains it. */
  readonly activation?: string
  /** The predicate that the device names in its reason. */
  readonly predicate?: Json
  /** The declaration at which the cause of leaving it out lies. */
  readonly of?: string
}
