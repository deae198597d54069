import { Type } from 'typebox'
import { ChangeProblem } from '../problem.ts'
import { OverrideQuery } from './override.ts'
import { EnrollmentId, JsonObject, Moment, nullable } from './values.ts'

/** A command as Apple words it; binary is `{"$data": base64}`, a date `{"$date": RFC 3339}`. */
export const CommandBody = Type.Object({ RequestType: Type.String({ minLength: 1 }) }, { additionalProperties: true })

const LONGEST = 30 * 24 * 60 * 60

export const SendQuery = Type.Object(
  {
    ...OverrideQuery.properties,
    ttl: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LONGEST,
        description:
          'Seconds that it waits for the device; 3600 for one that cannot be taken back, for ever for others, when absent',
      }),
    ),
  },
  { additionalProperties: false },
)

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
  expiresAt: Type.Optional(Moment),
  once: Type.Optional(
    Type.Boolean({ description: 'Cannot be taken back: it is not sent a second time unless it is confirmed' }),
  ),
  problems: Type.Optional(Type.Array(ChangeProblem, { description: 'What was found when it was queued' })),
  errorChain: Type.Optional(Type.Array(JsonObject)),
  response: Type.Optional(JsonObject),
})
