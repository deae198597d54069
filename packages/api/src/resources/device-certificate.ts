import { Type } from 'typebox'
import { EnrollmentId, Moment, nullable } from './values.ts'

/** A certificate that speaks, or spoke, for a device. */
export const DeviceCertificate = Type.Object({
  fingerprint: Type.String({ description: 'SHA-256, in lower-case hexadecimal' }),
  state: Type.Enum(['current', 'next', 'revoked'], {
    description: '`next`: renewed, and takes the place of the current one when it is used',
  }),
  pinnedAt: Moment,
  notAfter: Moment,
  revokedAt: nullable(Moment),
  why: nullable(Type.String({ description: 'Such as `checked-out`, `superseded`, or what an administrator said' })),
})

export const RevokeBody = Type.Object(
  { why: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })) },
  { additionalProperties: false },
)

/** What can speak for a device no more. */
export const Revoked = Type.Object({
  enrollment: EnrollmentId,
  certificates: Type.Integer({ minimum: 0, description: 'Certificates it used' }),
})
