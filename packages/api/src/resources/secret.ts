import { Type } from 'typebox'
import { EnrollmentId, Moment } from './values.ts'

export const SecretName = Type.Enum(['bootstrap-token', 'unlock-token', 'activation-lock-bypass-code'])

const secret = {
  name: SecretName,
  period: Type.Integer({ description: 'Counts the enrollments of the device; it escrows anew in each' }),
  state: Type.Enum(['current', 'past'], { description: '`past`: of an enrollment that is over' }),
  at: Moment,
}

/** What a device has escrowed, without the values. */
export const Secrets = Type.Object({ items: Type.Array(Type.Object(secret)) })

export const ReadSecretBody = Type.Object(
  {
    reason: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, pattern: '\\S', description: 'For the audit log' }),
    ),
    period: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'The newest one when absent: the current, or else the last of the past',
      }),
    ),
  },
  { additionalProperties: false },
)

/** The one resource that has the value of a secret. */
export const SecretRead = Type.Object({
  enrollment: EnrollmentId,
  ...secret,
  value: Type.String({ description: 'The octets that the device sent, in base64' }),
})
