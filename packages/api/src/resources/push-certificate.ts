import { Type } from 'typebox'
import { Moment, nullable } from './values.ts'

const pem = (description: string) => Type.String({ minLength: 1, maxLength: 65_536, description })

export const PushCertificateBody = Type.Object(
  {
    certificate: pem('The certificate in PEM; others that came with it may stand beside it'),
    key: Type.Optional(pem('Its private key in PEM; absent where the request was made here')),
    force: Type.Optional(Type.Boolean({ description: 'Though enrolled devices have another topic' })),
  },
  { additionalProperties: false },
)

export const PushRequestBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Common name, for people to read' })),
  },
  { additionalProperties: false },
)

/** A key that waits for its certificate. */
export const PushRequest = Type.Object({
  id: Type.String(),
  madeAt: Moment,
  request: Type.String({ description: 'PKCS#10 in PEM' }),
})

const Used = Type.Object({
  topic: Type.String(),
  subject: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256 of the certificate, in hexadecimal' }),
  validFrom: Moment,
  expiresAt: Moment,
  importedAt: Moment,
  warning: nullable(
    Type.Enum(['60-days', '30-days', '14-days', '7-days', '1-day', 'expired'], {
      description: 'How near its end is; null while there are more than 60 days',
    }),
  ),
  pem: Type.String({ description: 'The certificate, without its key' }),
})

const Alarm = Type.Object(
  {
    topic: Type.String(),
    reason: Type.String({ description: 'What the push service says' }),
    since: Moment,
    devices: Type.Integer({ description: 'Devices that were refused for it' }),
    of: Type.Integer({ description: 'Devices that were answered lately, those included' }),
    nextTryAt: Moment,
  },
  { description: 'Pushing rests, because it is not for the devices that they are refused; seen by this node' },
)

/** What devices are pushed by. */
export const PushCertificate = Type.Object({
  current: nullable(Used),
  earlier: Type.Array(Used, { description: 'For devices that have another topic' }),
  requests: Type.Array(PushRequest),
  alarms: Type.Array(Alarm),
})
