import type { JsonObject as JsonObjectValue, Json as JsonValue } from '@edict/protocol'
import { type TSchema, Type } from 'typebox'

/** Any JSON value; a number is at most 2^53 in size. */
export const Json = Type.Unsafe<JsonValue>({ description: 'Any JSON value' })

/** Any JSON object. */
export const JsonObject = Type.Unsafe<JsonObjectValue>({ type: 'object', additionalProperties: true })

/** A moment, RFC 3339 in UTC. */
export const Moment = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' })

/** The Identifier of a declaration: at most 64 octets of `[A-Za-z0-9._-]`. The checks of a change decide, not this schema. */
export const DeclarationIdentifier = Type.String({ minLength: 1, maxLength: 256 })

/** The name of a set or a group. */
export const Name = Type.String({ minLength: 1, maxLength: 256 })

/** The id of an enrollment, such as `UDID` or `UDID:UserID`. */
export const EnrollmentId = Type.String({ minLength: 1, maxLength: 512 })

export const DeclarationKind = Type.Enum(['activation', 'asset', 'configuration', 'management'])

export const Channel = Type.Enum(['device', 'user'])

/** The declarations revision that a write made or would be planned on. */
export const Revision = Type.Integer({ minimum: 0 })

/** `null` where there is nothing to say yet. */
export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()])
}
