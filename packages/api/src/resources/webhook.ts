import { Type } from 'typebox'
import { type EventType, eventTypes } from './event.ts'
import { paging } from './page.ts'
import { EnrollmentId, Moment, nullable } from './values.ts'

const day = 86_400

const EventTypes = Type.Array(Type.Enum(Object.keys(eventTypes) as EventType[]), {
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  description: 'Which events are delivered',
})

const Url = Type.String({
  minLength: 1,
  maxLength: 2048,
  description: 'https://…, or http:// on a loopback address; without a user name or password',
})
const Note = Type.String({ maxLength: 256, description: 'For people to read' })

export const WebhookId = Type.String({ minLength: 1, maxLength: 64 })

export const WebhookBody = Type.Object(
  { url: Url, types: Type.Optional(EventTypes), note: Type.Optional(Note) },
  { additionalProperties: false, description: 'All types of events when `types` is absent' },
)

export const WebhookChangeBody = Type.Object(
  {
    url: Type.Optional(Url),
    types: Type.Optional(nullable(EventTypes)),
    note: Type.Optional(Note),
    state: Type.Optional(
      Type.Enum(['on', 'paused'], { description: 'What happens while it is paused is not delivered later' }),
    ),
  },
  { additionalProperties: false, description: 'What is absent stays; `types` null: all' },
)

const webhook = {
  id: WebhookId,
  url: Url,
  types: nullable(EventTypes),
  note: Note,
  state: Type.Enum(['on', 'paused', 'gone'], { description: 'gone: the receiver answered 410, and is left alone' }),
  madeAt: Moment,
  waiting: Type.Integer({ minimum: 0, description: 'Deliveries that wait' }),
  crowdedOut: Type.Integer({ minimum: 0, description: 'Deliveries that made room for others, since it was made' }),
  failingSince: nullable(Moment),
  lastDeliveredAt: nullable(Moment),
  previousSecretUntil: nullable(Moment),
}

/** Where events are delivered. */
export const Webhook = Type.Object(webhook)

const secret = Type.String({ description: 'What signatures are made with, whsec_… in base64; told this once' })

export const WebhookMade = Type.Object({ ...webhook, secret })

export const WebhookSecretBody = Type.Object(
  {
    overlap: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30 * day,
        description: 'Seconds for which the secret before signs too; 86400 when absent',
      }),
    ),
  },
  { additionalProperties: false },
)

const attempt = {
  duration: Type.Integer({ minimum: 0, description: 'Milliseconds' }),
  status: nullable(Type.Integer({ description: 'Of the answer; null when there was none' })),
  failure: nullable(Type.String({ description: 'Why there was no answer, such as timeout or connection-refused' })),
  answer: Type.String({ description: 'Its first 512 characters' }),
}

/** What an event that was made up led to. */
export const WebhookTested = Type.Object({ id: Type.String(), delivered: Type.Boolean(), ...attempt })

const DeliveryState = Type.Enum(['waiting', 'delivered', 'given-up', 'crowded-out'])

export const DeliveriesQuery = Type.Object(
  {
    state: Type.Optional(DeliveryState),
    enrollment: Type.Optional(EnrollmentId),
    ...paging,
  },
  { additionalProperties: false },
)

/** One event on its way to a webhook, or what became of it. */
export const Delivery = Type.Object({
  id: Type.String({ description: 'The webhook-id that the receiver sees' }),
  sequence: Type.Integer({ description: 'Of the event, as the id in GET /api/v1/events' }),
  type: Type.String(),
  enrollment: nullable(EnrollmentId),
  at: Moment,
  queuedAt: Moment,
  state: DeliveryState,
  attempts: Type.Integer({ minimum: 0 }),
  nextAt: nullable(Moment),
  endedAt: nullable(Moment),
  log: Type.Array(Type.Object({ at: Moment, ...attempt }), {
    description: 'The last ten attempts, the oldest first',
  }),
})

export const RedeliverBody = Type.Object(
  {
    deliveries: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 1000 }),
    ),
  },
  { additionalProperties: false, description: 'All that was given up or crowded out, when absent' },
)

export const Redelivered = Type.Object({ queued: Type.Integer({ minimum: 0 }) })
