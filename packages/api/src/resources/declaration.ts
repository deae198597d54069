import { Type } from 'typebox'
import { DeclarationIdentifier, DeclarationKind, JsonObject, Moment, nullable } from './values.ts'

/**
 * A declaration as it is written. Other keys are let through to the checks, which say what is wrong with them: a
 * `Predicate` beside `Type` would be ignored by a device, and the activation be unconditional.
 */
export const DeclarationBody = Type.Object(
  { Type: Type.String({ minLength: 1 }), Payload: JsonObject },
  { additionalProperties: true },
)

const summary = {
  Identifier: DeclarationIdentifier,
  Type: Type.String(),
  ServerToken: nullable(Type.String({ description: 'null when the values of each enrollment make it' })),
  kind: DeclarationKind,
  version: Type.Integer({ minimum: 1 }),
  reapply: Type.Integer({ minimum: 0, description: 'How often it was re-applied' }),
  changedAt: Moment,
}

export const DeclarationSummary = Type.Object(summary)

export const Declaration = Type.Object({
  ...summary,
  Payload: JsonObject,
  references: Type.Array(Type.String(), { description: 'Identifiers that its Payload names' }),
  usedBy: Type.Object({
    declarations: Type.Array(Type.String()),
    sets: Type.Array(Type.String()),
  }),
})

export const DeclarationVersion = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  Type: Type.String(),
  Payload: JsonObject,
  ServerToken: nullable(Type.String()),
  reapply: Type.Integer({ minimum: 0 }),
  revision: Type.Integer({ minimum: 0 }),
  at: Moment,
})
