import { Type } from 'typebox'
import { EnrollmentId, Moment, nullable } from './values.ts'

const month = 30 * 86_400

export const InvitationBody = Type.Object(
  {
    enrollment: Type.Optional(EnrollmentId),
    note: Type.Optional(Type.String({ maxLength: 256, description: 'For whom or what it is, for people to read' })),
    devices: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100_000, description: 'How many may enroll by it; 1 when absent' }),
    ),
    lifetime: Type.Optional(Type.Integer({ minimum: 60, maximum: month, description: 'Seconds; 3600 when absent' })),
  },
  { additionalProperties: false, description: 'The enrollment that is to enroll again; new devices when absent' },
)

const invitation = {
  id: Type.String(),
  note: Type.String(),
  enrollment: nullable(EnrollmentId),
  state: Type.Enum(['open', 'used', 'expired', 'revoked']),
  devices: Type.Integer(),
  used: Type.Integer(),
  madeAt: Moment,
  expiresAt: Moment,
  usedAt: nullable(Moment),
  revokedAt: nullable(Moment),
}

/** A link by which devices enroll. */
export const Invitation = Type.Object(invitation)

export const InvitationMade = Type.Object({
  ...invitation,
  link: Type.String({ description: 'For the device, or for the person who holds it; told this once' }),
})
