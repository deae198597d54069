import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { EnrollmentId, Json, nullable } from './values.ts'

const mebibyte = 1024 * 1024
const octets = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description: `${description}, as base64 or hexadecimal` }))
const text = (description?: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 512, ...(description === undefined ? {} : { description }) }))

/**
 * One channel as a server knows it, in Apple's words: the keys of Authenticate and TokenUpdate, and what the profile of the device says.
 * What is `null` counts as absent.
 *
 * @see apple:mdm/checkin/authenticate.yaml, apple:mdm/checkin/tokenupdate.yaml, apple:mdm/profiles/com.apple.mdm.yaml
 */
export const EnrollmentRow = Type.Object(
  {
    UDID: text(),
    EnrollmentID: text('In place of UDID, of a user enrollment'),
    UserID: text('Of a user channel, as in its messages'),
    UserShortName: text(),
    UserLongName: text(),
    EnrollmentUserID: text('In place of UserID, of a user enrollment'),
    Topic: Type.String({ maxLength: 512, pattern: '^com\\.apple\\.mgmt\\.[\\w.-]+$' }),
    Token: Type.String({ minLength: 1, maxLength: 1024, description: 'As base64 or hexadecimal' }),
    PushMagic: Type.String({ minLength: 1, maxLength: 512 }),
    UnlockToken: octets(mebibyte, 'Escrowed by the device'),
    BootstrapToken: octets(mebibyte, 'Escrowed by the device'),
    SerialNumber: text(),
    ProductName: text(),
    Model: text(),
    ModelName: text(),
    OSVersion: text(),
    BuildVersion: text(),
    DeviceName: text(),
    IsSupervised: Type.Optional(Type.Boolean()),
    certificateHash: Type.Optional(
      Type.String({
        pattern: '^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$',
        description: 'SHA-256 of the certificate that the device proves with who it is, in hexadecimal',
      }),
    ),
    ServerURL: text('Of the profile that the device has, and so are the next ones: all of them, or none'),
    CheckInURL: text('ServerURL when absent'),
    AccessRights: Type.Optional(Type.Integer({ minimum: 0, maximum: 8191 })),
    PayloadIdentifier: text('Of the whole profile'),
    ServerCapabilities: Type.Optional(
      Type.Array(Type.String({ maxLength: 256 }), { maxItems: 32, description: 'None when absent' }),
    ),
  },
  { additionalProperties: false },
)
export type EnrollmentRow = Immutable<Static<typeof EnrollmentRow>>

export const ImportBody = Type.Object(
  {
    rows: Type.Array(Json, {
      minItems: 1,
      maxItems: 1000,
      description: 'Channels as export-enrollments gives them; each is answered by itself',
    }),
    trustFirstContact: Type.Optional(
      Type.Boolean({
        description:
          'Take devices without certificateHash too: each is believed by the first certificate of another authority that is nobody else’s',
      }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Answer as if, and change nothing' })),
    wake: Type.Optional(Type.Boolean({ description: 'Push those that are imported and not heard of yet' })),
  },
  { additionalProperties: false },
)

/** Why a row is not imported. */
export const importRefusals = [
  'row-malformed',
  'row-identity',
  'row-repeated',
  'terms-incomplete',
  'certificate-hash-missing',
  'certificate-taken',
  'device-missing',
  'enrollment-exists',
] as const

const ImportAnswer = Type.Object({
  index: Type.Integer({ minimum: 0, description: 'Of the row in the batch' }),
  enrollment: nullable(EnrollmentId),
  result: Type.Enum(['imported', 'unchanged', 'refused']),
  code: Type.Optional(Type.Enum([...importRefusals])),
  detail: Type.Optional(Type.String()),
  at: Type.Optional(Type.String({ description: 'JSON pointer into the row' })),
  found: Type.Optional(Type.Unknown()),
  expected: Type.Optional(Type.String()),
  remedy: Type.Optional(Type.String()),
})
export type ImportAnswer = Immutable<Static<typeof ImportAnswer>>

const count = Type.Integer({ minimum: 0 })

export const ImportAnswers = Type.Object({
  imported: count,
  unchanged: count,
  refused: count,
  items: Type.Array(ImportAnswer),
})
