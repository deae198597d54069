import { Type } from 'typebox'
import { Name } from './values.ts'

export const SetBody = Type.Object(
  { declarations: Type.Array(Type.String(), { uniqueItems: true }) },
  { additionalProperties: false },
)

/** A set implies what its members refer to. */
export const DeclarationSet = Type.Object({
  name: Name,
  declarations: Type.Array(Type.String()),
  implied: Type.Array(Type.String(), { description: 'Identifiers that come along because a member refers to them' }),
  usedBy: Type.Object({
    groups: Type.Array(Type.String()),
    enrollments: Type.Integer({ minimum: 0, description: 'Enrollments it is given to by name' }),
  }),
})
