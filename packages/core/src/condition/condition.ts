import type { DeclarationKind, StatusReason } from '@edict/protocol'
import type { Instant } from '../enrollment/enrollment.ts'

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
  /** One sentence that a person reads. */
  readonly reason: string
  readonly since: Instant | null
  readonly evidence: Evidence
}

/** What the judgement rests on. */
export interface Evidence {
  readonly active?: boolean
  readonly valid?: 'unknown' | 'invalid' | 'valid'
  readonly reasons?: readonly StatusReason[]
  /** The ServerToken that the device reported, when it is another one. */
  readonly reportedToken?: string
  /** The activation whose predicate explains it. */
  readonly activation?: string
  /** Code and place of what left it out. */
  readonly cause?: { readonly code: string; readonly of?: string }
}
