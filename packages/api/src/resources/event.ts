import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { CommandState } from './command.ts'
import { ConditionWord } from './condition.ts'
import { Channel, EnrollmentId, Moment, nullable, Revision } from './values.ts'

const at = Moment
const enrollment = EnrollmentId

/** Every type of event with the schema of its `data`, which names the type again. */
export const eventTypes = {
  'declaration.changed': Type.Object({
    type: Type.Literal('declaration.changed'),
    at,
    identifier: Type.String(),
    version: nullable(Type.Integer({ minimum: 1, description: 'null when it was deleted' })),
    revision: Revision,
  }),
  'set.changed': Type.Object({
    type: Type.Literal('set.changed'),
    at,
    set: Type.String(),
    deleted: Type.Boolean(),
    revision: Revision,
  }),
  'group.changed': Type.Object({
    type: Type.Literal('group.changed'),
    at,
    group: Type.String(),
    deleted: Type.Boolean(),
    revision: Revision,
  }),
  'enrollment.enrolled': Type.Object({
    type: Type.Literal('enrollment.enrolled'),
    at,
    enrollment,
    device: Type.String(),
    channel: Channel,
  }),
  'enrollment.imported': Type.Object({
    type: Type.Literal('enrollment.imported'),
    at,
    enrollment,
    device: Type.String(),
    channel: Channel,
  }),
  'enrollment.changed': Type.Object({
    type: Type.Literal('enrollment.changed'),
    at,
    enrollment,
    what: Type.Array(Type.String(), { description: 'Such as `osVersion`, `sets`, `properties`, `enabled`' }),
  }),
  'enrollment.left': Type.Object({ type: Type.Literal('enrollment.left'), at, enrollment }),
  'channel.collected': Type.Object({ type: Type.Literal('channel.collected'), at, enrollment, token: Type.String() }),
  'channel.reported': Type.Object({
    type: Type.Literal('channel.reported'),
    at,
    enrollment,
    report: Type.String(),
    full: Type.Boolean(),
    understood: Type.Boolean(),
  }),
  'condition.changed': Type.Object({
    type: Type.Literal('condition.changed'),
    at,
    enrollment,
    identifier: Type.String(),
    from: nullable(ConditionWord),
    to: nullable(ConditionWord),
    reason: nullable(Type.String({ description: 'Code of the reason' })),
  }),
  'diagnosis.changed': Type.Object({
    type: Type.Literal('diagnosis.changed'),
    at,
    enrollment,
    before: nullable(
      Type.String({ description: 'healthy, unexplained, or the code of a cause; null: none was known' }),
    ),
    after: Type.String({ description: 'healthy, unexplained, or the code of a cause' }),
    stage: Type.String({ description: 'How far the synchronization came, from not-woken to in-force' }),
    since: Moment,
  }),
  'command.changed': Type.Object({
    type: Type.Literal('command.changed'),
    at,
    enrollment,
    uuid: Type.String(),
    requestType: Type.String(),
    state: CommandState,
  }),
  'push-certificate.changed': Type.Object({
    type: Type.Literal('push-certificate.changed'),
    at,
    topic: Type.String(),
    expiresAt: Moment,
  }),
  'push-circuit.changed': Type.Object({
    type: Type.Literal('push-circuit.changed'),
    at,
    topic: Type.String(),
    state: Type.Enum(['open', 'closed'], { description: 'Open: pushing rests, because all devices are refused alike' }),
    reason: nullable(Type.String()),
    devices: Type.Integer({ description: 'That were refused for it' }),
  }),
  'wake.sent': Type.Object({
    type: Type.Literal('wake.sent'),
    at,
    enrollment,
    accepted: Type.Boolean(),
    reason: nullable(Type.String({ description: 'What APNs said when it refused' })),
  }),
} as const

export type EventType = keyof typeof eventTypes
type EventData = { [Name in EventType]: Static<(typeof eventTypes)[Name]> }

/** One event of GET /api/v1/events: `type` is also the SSE event name. */
export type Event = Immutable<EventData[EventType]>
export const Event = Type.Unsafe<Event>({ oneOf: Object.values(eventTypes) })
