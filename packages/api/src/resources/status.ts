import { type Static, Type } from 'typebox'
import { paging } from './page.ts'
import { Channel, EnrollmentId, Json, JsonObject, Moment, nullable } from './values.ts'

/** The words for what a status item answers: unknown is not false. */
export const statusAnswers = ['value', 'stale', 'absent', 'unsupported', 'not-subscribed', 'never-reported'] as const
export type StatusAnswer = (typeof statusAnswers)[number]
export const StatusAnswer = Type.Enum([...statusAnswers])

const answered = { answer: StatusAnswer, value: Json, reportedAt: nullable(Moment) }

const StatusItem = Type.Object(answered)

/** Everything that is known of one channel, by dotted name; `value` is null unless the answer is `value` or `stale`. */
export const Status = Type.Object({
  enrollment: EnrollmentId,
  items: Type.Unsafe<Record<string, Static<typeof StatusItem>>>({
    type: 'object',
    additionalProperties: StatusItem,
  }),
})

export const FleetStatusQuery = Type.Object(
  {
    value: Type.Optional(Type.String({ description: 'JSON text of the value, or a bare string' })),
    answer: Type.Optional(StatusAnswer),
    ...paging,
  },
  { additionalProperties: false },
)

/** One status item over the fleet. The counts are of the whole fleet, whatever the filter. */
export const FleetStatus = Type.Object({
  item: Type.String(),
  items: Type.Array(Type.Object({ enrollment: EnrollmentId, channel: Channel, device: Type.String(), ...answered })),
  next: nullable(Type.String()),
  counts: Type.Object({
    values: Type.Array(Type.Object({ value: Json, count: Type.Integer({ minimum: 0 }) })),
    answers: Type.Object(
      Object.fromEntries(statusAnswers.map((answer) => [answer, Type.Integer({ minimum: 0 })])) as Record<
        StatusAnswer,
        ReturnType<typeof Type.Integer>
      >,
    ),
  }),
})

/** One status report as it arrived; one that could not be understood is kept raw. */
export const Report = Type.Object({
  id: Type.String(),
  at: Moment,
  size: Type.Integer({ minimum: 0, description: 'Octets' }),
  full: Type.Boolean(),
  understood: Type.Boolean(),
  problem: Type.Optional(Type.String({ description: 'Why it could not be understood' })),
  statusItems: nullable(JsonObject),
  errors: Type.Array(Json),
  raw: Type.Optional(Type.String({ description: 'Base64 of a report that could not be understood' })),
})
