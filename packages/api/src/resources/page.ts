import { type TSchema, Type } from 'typebox'
import { nullable } from './values.ts'

/** The answer of every list: give `next` back as `cursor` to go on; `null` at the end. */
export function pageOf<Schema extends TSchema>(items: Schema) {
  return Type.Object({ items: Type.Array(items), next: nullable(Type.String()) })
}

/** What every list takes. */
export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 2048 })),
}
