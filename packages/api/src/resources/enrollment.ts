import { Type } from 'typebox'
import { EnrolledAccount } from './account.ts'
import { EnrollmentSet } from './assignment.ts'
import { DeviceCertificate } from './device-certificate.ts'
import { paging } from './page.ts'
import { Channel, EnrollmentId, Moment, nullable } from './values.ts'

/** `null` where a channel has not said what it is. */
const Platform = Type.Enum(['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS'])

const EnrollmentState = Type.Enum(['enrolling', 'enrolled', 'left'])

const summary = {
  id: EnrollmentId,
  channel: Channel,
  device: Type.String({ description: 'Id of the device channel; its own on a device channel' }),
  state: EnrollmentState,
  platform: nullable(Platform),
  productName: nullable(Type.String()),
  model: Type.Optional(Type.String()),
  serialNumber: Type.Optional(Type.String()),
  osVersion: nullable(Type.String()),
  enrollmentType: Type.Enum(['supervised', 'device', 'user']),
  supervised: nullable(Type.Boolean()),
  sharedIPad: Type.Boolean(),
  enabled: Type.Boolean({ description: 'DeclarativeManagement was acknowledged since the last Authenticate' }),
  wanted: nullable(Type.String()),
  told: nullable(Type.String()),
  collected: nullable(Type.String()),
  behind: Type.Boolean(),
  enrolledAt: nullable(Moment),
  lastSeenAt: nullable(Moment),
  lastReportAt: nullable(Moment),
  imported: Type.Optional(
    Type.Object(
      {
        at: Moment,
        seenAt: nullable(Moment),
        identityEnds: nullable(Moment),
        renewable: Type.Boolean({
          description: 'Whether what its profile says is known, so that it takes another one',
        }),
      },
      { description: 'Of what another server enrolled, until it enrolls here' },
    ),
  ),
  warnings: Type.Array(
    Type.Enum(['topic-differs', 'identity-ends'], {
      description:
        '`topic-differs`: its topic is not that of this server, so it is not renewed and may not be pushed; `identity-ends`: its certificate ends soon, and cannot be renewed',
    }),
  ),
}

export const EnrollmentSummary = Type.Object(summary)

export const Enrollment = Type.Object({
  ...summary,
  account: Type.Optional(EnrolledAccount),
  groups: Type.Array(Type.String()),
  sets: Type.Array(EnrollmentSet),
  certificates: Type.Optional(
    Type.Array(DeviceCertificate, { description: 'Those that it proves with who it is, on a device channel' }),
  ),
  users: Type.Optional(Type.Array(EnrollmentId, { description: 'User channels, on a device channel' })),
})

export const EnrollmentsQuery = Type.Object(
  {
    group: Type.Optional(Type.String()),
    set: Type.Optional(Type.String({ description: 'Given this set, by name or by a group' })),
    platform: Type.Optional(Platform),
    state: Type.Optional(EnrollmentState),
    behind: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String({ description: 'Part of an id, serial number, product or user name' })),
    ...paging,
  },
  { additionalProperties: false },
)

/** What a nudge or a resync set in motion. */
export const Wakes = Type.Object({
  enrollment: EnrollmentId,
  wakes: Type.Integer({ minimum: 0, description: 'Channels that will be pushed' }),
})
