import { type FieldReader, type Fields, fieldsOf } from './plist/fields.ts'

/** Apple's keys that say who sends a message; which of them are present tells the kind of enrollment. */
export interface IdentityKeys {
  readonly UDID?: string
  readonly EnrollmentID?: string
  readonly UserID?: string
  readonly UserShortName?: string
  readonly UserLongName?: string
  readonly EnrollmentUserID?: string
}

export const identityFields = {
  UDID: 'string?',
  EnrollmentID: 'string?',
  UserID: 'string?',
  UserShortName: 'string?',
  UserLongName: 'string?',
  EnrollmentUserID: 'string?',
} as const satisfies Fields<IdentityKeys>

export const identityKeys: FieldReader<IdentityKeys> = fieldsOf<IdentityKeys>('the identity', identityFields)
