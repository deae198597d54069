import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { ConditionWord } from './condition.ts'
import { Channel, DeclarationKind, EnrollmentId, Moment, nullable, Revision } from './values.ts'

const count = Type.Integer({ minimum: 0 })

const What = Type.String({
  minLength: 1,
  maxLength: 2048,
  description: 'The word by which GET /api/v1/fleet/:what lists what is counted',
})

/** One number of the fleet. */
const FleetNumber = Type.Object({ what: What, count })
const numbers = Type.Array(FleetNumber)

/** A change that some wait for: its channels are those for which it was the last change of what they should hold. */
const FleetChange = Type.Object({
  revision: Revision,
  at: nullable(Moment),
  actor: nullable(Type.String()),
  action: nullable(Type.String({ description: 'Name of the endpoint; null where the audit log has no entry' })),
  target: nullable(Type.String({ description: 'What was written to, such as `declarations/com.example.wifi`' })),
  behind: FleetNumber,
  inSync: FleetNumber,
  since: nullable(Moment),
})

const FleetReason = Type.Object({
  what: What,
  count: Type.Integer({ minimum: 1, description: 'Declarations on channels' }),
  channels: count,
  condition: ConditionWord,
  code: Type.String(),
  message: Type.String({ description: 'As one device or this server says it' }),
})

const FleetCause = Type.Object({
  what: What,
  count: Type.Integer({ minimum: 1 }),
  code: nullable(Type.String({ description: 'null: no cause that is known fits' })),
  stage: Type.String({ description: 'How far the synchronization of one of them came' }),
  summary: Type.String(),
  remedy: nullable(Type.String()),
})

const PushOfFleet = Type.Object({
  certificate: nullable(
    Type.Object({
      topic: Type.String(),
      expiresAt: Moment,
      warning: nullable(Type.String({ description: 'How near its end is; null while there are more than 60 days' })),
    }),
  ),
  resting: Type.Array(Type.Object({ topic: Type.String(), reason: Type.String(), since: Moment, nextTryAt: Moment }), {
    description: 'Topics for which pushing rests; seen by this node',
  }),
  numbers,
})

const IdentitiesOfFleet = Type.Object({
  authorities: Type.Array(
    Type.Object({
      id: nullable(Type.String({ description: 'Null for an external one' })),
      state: Type.Enum(['issuing', 'retired', 'external']),
      expiresAt: Moment,
    }),
  ),
  numbers,
})

const Silence = Type.Object({
  enrollment: EnrollmentId,
  since: nullable(Moment),
  productName: nullable(Type.String()),
  deviceName: nullable(Type.String()),
})

/** The fleet at a glance. Every number has a list; those of one group add up to what stands above them. */
export const Fleet = Type.Object({
  at: Moment,
  revision: Revision,
  channels: Type.Integer({ minimum: 0, description: 'Channels that have not left' }),
  enrollments: numbers,
  platforms: numbers,
  sync: numbers,
  changes: Type.Array(FleetChange, { description: 'Those that some wait for, most first, and the last one' }),
  moreChanges: Type.Integer({ minimum: 0, description: 'Changes that some wait for and that are not shown' }),
  conditions: numbers,
  reasons: Type.Array(FleetReason, { description: 'Why declarations failed, are left out or inactive, most first' }),
  moreReasons: count,
  health: numbers,
  causes: Type.Array(FleetCause, { description: 'Why channels are ailing, most first' }),
  stages: numbers,
  push: PushOfFleet,
  identities: IdentitiesOfFleet,
  silence: Type.Object({ numbers, longest: Type.Array(Silence) }),
})
export type Fleet = Immutable<Static<typeof Fleet>>

/** One line of the list of a number. */
export const FleetItem = Type.Object({
  enrollment: nullable(EnrollmentId),
  channel: nullable(Channel),
  name: nullable(
    Type.String({ description: 'Of the device, or of its user; the serial number of one that is expected' }),
  ),
  declaration: nullable(Type.Object({ kind: DeclarationKind, identifier: Type.String() })),
  since: nullable(Moment),
  code: nullable(Type.String()),
  message: nullable(Type.String()),
})
export type FleetItem = Immutable<Static<typeof FleetItem>>

export const fleetWhat = Type.Object({ what: What })
