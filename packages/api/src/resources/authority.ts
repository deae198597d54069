import { Type } from 'typebox'
import { EnrollmentId, Moment, nullable } from './values.ts'

/** Who stands behind identities of devices. */
const Authority = Type.Object({
  id: nullable(Type.String({ description: 'Null for an external one' })),
  state: Type.Enum(['issuing', 'retired', 'external'], {
    description: 'A retired one issues nothing, and is trusted until the last of its certificates is over',
  }),
  subject: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256 of the certificate, in hexadecimal' }),
  madeAt: nullable(Moment),
  retiredAt: nullable(Moment),
  notAfter: Moment,
  certificates: nullable(
    Type.Integer({
      description: 'How many of its certificates are neither over nor revoked; null for an external one',
    }),
  ),
  pem: Type.String({ description: 'Its certificate' }),
})

export const Authorities = Type.Object({ items: Type.Array(Authority) })

export const ChallengeBody = Type.Object(
  {
    enrollment: Type.Optional(EnrollmentId),
    lifetime: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600, description: 'Seconds; 3600 when absent' })),
  },
  { additionalProperties: false, description: 'The device that the certificate is for; any new one when absent' },
)

/** The right to one certificate by SCEP. */
export const Challenge = Type.Object({
  challenge: Type.String({ description: 'The secret, told this once' }),
  enrollment: nullable(EnrollmentId),
  expiresAt: Moment,
})
