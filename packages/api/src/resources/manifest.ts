import { Type } from 'typebox'
import { DeclarationKind, EnrollmentId, Moment, nullable } from './values.ts'

const ManifestItem = Type.Object({
  kind: DeclarationKind,
  identifier: Type.String(),
  serverToken: Type.String(),
  type: Type.String(),
  own: Type.Boolean({ description: 'Made from the values of this enrollment' }),
})

/** What a channel should hold now, what is left out of it and why, and what it was shown. */
export const Manifest = Type.Object({
  enrollment: EnrollmentId,
  wanted: nullable(Type.String({ description: 'DeclarationsToken' })),
  timestamp: nullable(Moment),
  told: nullable(Type.String()),
  collected: nullable(Type.String()),
  behind: Type.Boolean(),
  items: Type.Array(ManifestItem),
  leftOut: Type.Array(
    Type.Object({
      kind: DeclarationKind,
      identifier: Type.String(),
      cause: Type.Object({ code: Type.String(), reason: Type.String(), of: Type.Optional(Type.String()) }),
    }),
  ),
  answered: Type.Array(Type.String(), {
    description:
      'Tokens of the last two different manifests that were answered, newest first: bodies are served from these',
  }),
})
