import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { DeclarationKind, EnrollmentId, Json, JsonObject, Moment, nullable } from './values.ts'

/** The words for what became of one declaration on one channel. */
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
export type ConditionWord = (typeof conditionWords)[number]
export const ConditionWord = Type.Enum([...conditionWords])

/** A reason as the device gave it, with Apple's code. */
const StatusReason = Type.Object({
  code: Type.String(),
  description: Type.Optional(Type.String()),
  details: Type.Optional(JsonObject),
})

/** `in-force` means reported active and valid, which is no proof of effect. */
export const Condition = Type.Object({
  identifier: Type.String(),
  kind: DeclarationKind,
  serverToken: nullable(Type.String({ description: 'The one that is wanted; null when it is on its way out' })),
  condition: ConditionWord,
  reason: Type.Object({ code: Type.String(), message: Type.String() }),
  since: nullable(Moment),
  evidence: Type.Object(
    {
      reportedAt: Type.Optional(Moment),
      serverToken: Type.Optional(Type.String({ description: 'The one that the device reported' })),
      active: Type.Optional(Type.Boolean()),
      valid: Type.Optional(Type.Enum(['unknown', 'invalid', 'valid'])),
      reasons: Type.Optional(Type.Array(StatusReason)),
      activation: Type.Optional(Type.String({ description: 'The activation that explains it' })),
      predicate: Type.Optional(Json),
      of: Type.Optional(Type.String({ description: 'The declaration at which the cause lies' })),
    },
    { additionalProperties: true },
  ),
})
export type Condition = Immutable<Static<typeof Condition>>

export const Conditions = Type.Object({ enrollment: EnrollmentId, items: Type.Array(Condition) })
