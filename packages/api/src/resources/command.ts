import { Type } from 'typebox'
import { EnrollmentId, JsonObject, Moment, nullable } from './values.ts'

/** A command as Apple words it; binary is `{"$data": base64}`, a date `{"$date": RFC 3339}`. */
export const CommandBody = Type.Object({ RequestType: Type.String({ minLength: 1 }) }, { additionalProperties: true })

export const CommandState = Type.Enum([
  'queued',
  'sent',
  'not-now',
  'unanswered',
  'acknowledged',
  'error',
  'format-error',
  'cancelled',
  'expired',
  'cleared',
])

/** A command and what the device answered; `response` has the device's keys beside its status. */
export const Command = Type.Object({
  uuid: Type.String(),
  enrollment: EnrollmentId,
  requestType: Type.String(),
  command: JsonObject,
  state: CommandState,
  queuedAt: Moment,
  sentAt: nullable(Moment),
  answeredAt: nullable(Moment),
  errorChain: Type.Optional(Type.Array(JsonObject)),
  response: Type.Optional(JsonObject),
})
