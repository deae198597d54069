import { Type } from 'typebox'
import { EnrollmentId, Moment, nullable } from './values.ts'

/** What Apple prints on devices; capital or not makes no difference. */
const SerialNumber = Type.String({ pattern: '^[0-9A-Za-z-]{1,64}$', description: 'Serial number' })

/** More than a school has, and less than a body may hold. */
const Serials = Type.Array(SerialNumber, { minItems: 1, maxItems: 10_000 })

export const ExpectBody = Type.Object(
  {
    serials: Serials,
    awaits: Type.Optional(
      Type.Boolean({
        description: 'They wait in Setup Assistant until they are configured, as await_device_configured says',
      }),
    ),
    shared: Type.Optional(Type.Boolean({ description: 'They become Shared iPads, as is_multi_user says' })),
    note: Type.Optional(Type.String({ maxLength: 256, description: 'For people to read' })),
  },
  { additionalProperties: false },
)

export const ForgetBody = Type.Object({ serials: Serials }, { additionalProperties: false })

/** A device that may enroll by itself. */
export const ExpectedDevice = Type.Object({
  serial: Type.String(),
  awaits: Type.Boolean(),
  shared: Type.Boolean(),
  note: Type.String(),
  expectedAt: Moment,
  enrollment: nullable(EnrollmentId),
  givenAt: nullable(Moment),
})

export const Expected = Type.Object({ expected: Type.Integer({ description: 'How many devices were named' }) })
export const Forgotten = Type.Object({ forgotten: Type.Integer({ description: 'How many were expected until now' }) })
