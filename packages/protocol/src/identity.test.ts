import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from './errors.ts'
import { enrollmentIdentity, sharedIPadUserID } from './identity.ts'
import type { IdentityKeys } from './identity-keys.ts'

function refusal(keys: IdentityKeys): string {
  try {
    enrollmentIdentity(keys)
  } catch (error) {
    if (error instanceof ProtocolError) return error.code
    throw error
  }
  return 'none'
}

describe('enrollmentIdentity', () => {
  it.each<[string, IdentityKeys, object]>([
    ['a device', { UDID: 'D1' }, { id: 'D1', channel: 'device', device: 'D1', shape: 'device' }],
    [
      'a user of a Mac',
      { UDID: 'D1', UserID: 'U1', UserShortName: 'ada:x', UserLongName: 'Ada L.' },
      {
        id: 'D1:U1',
        channel: 'user',
        device: 'D1',
        shape: 'mac-user',
        userShortName: 'ada:x',
        userLongName: 'Ada L.',
      },
    ],
    [
      'a user of a Shared iPad by the Managed Apple Account',
      { UDID: 'D1', UserID: sharedIPadUserID, UserShortName: 'ada@school.example' },
      {
        id: 'D1:ada@school.example',
        channel: 'user',
        device: 'D1',
        shape: 'shared-ipad-user',
        userShortName: 'ada@school.example',
      },
    ],
    [
      'a User Enrollment',
      { EnrollmentID: 'E1' },
      { id: 'E1', channel: 'device', device: 'E1', shape: 'user-enrollment' },
    ],
    [
      'the user channel of a User Enrollment',
      { EnrollmentID: 'E1', EnrollmentUserID: 'V1', UserID: 'U1', UserShortName: '' },
      { id: 'E1:V1', channel: 'user', device: 'E1', shape: 'user-enrollment-user' },
    ],
  ])('tells %s', (_, keys, identity) => {
    expect(enrollmentIdentity(keys)).toStrictEqual(identity)
  })

  it.each<[code: string, why: string, keys: IdentityKeys]>([
    ['identity-missing', 'no keys', {}],
    ['identity-missing', 'a user without a device', { UserID: 'U1' }],
    ['identity-missing', 'a Shared iPad user without a name', { UDID: 'D1', UserID: sharedIPadUserID }],
    [
      'identity-value',
      'a Shared iPad user with an empty name',
      { UDID: 'D1', UserID: sharedIPadUserID, UserShortName: '' },
    ],
    ['identity-ambiguous', 'UDID beside EnrollmentID', { UDID: 'D1', EnrollmentID: 'E1' }],
    ['identity-ambiguous', 'EnrollmentUserID beside UDID', { UDID: 'D1', EnrollmentUserID: 'V1' }],
    ['identity-ambiguous', 'UserID alone beside EnrollmentID', { EnrollmentID: 'E1', UserID: 'U1' }],
    ['identity-ambiguous', 'a user name without a user id', { UDID: 'D1', UserShortName: 'ada' }],
    ['identity-value', 'an empty UDID', { UDID: '' }],
    ['identity-value', 'an empty UserID', { UDID: 'D1', UserID: '' }],
    ['identity-value', 'a colon in the UDID', { UDID: 'D1:U1' }],
    ['identity-value', 'a colon in the UserID', { UDID: 'D1', UserID: 'a:b' }],
    ['identity-value', 'a colon in the account', { UDID: 'D1', UserID: sharedIPadUserID, UserShortName: 'a:b' }],
    ['identity-value', 'a control character', { UDID: 'D\u00001' }],
    ['identity-value', 'a line break in the long name', { UDID: 'D1', UserID: 'U1', UserLongName: 'a\nb' }],
    ['identity-value', 'white space around', { UDID: ' D1' }],
    ['identity-value', 'more than 256 characters', { EnrollmentID: 'x'.repeat(257) }],
    ['identity-value', 'half a surrogate pair', { UDID: 'D\ud800' }],
  ])('refuses as %s: %s', (code, _, keys) => {
    expect(refusal(keys)).toBe(code)
  })

  it('gives different enrollments of one device different ids, and all of them the device', () => {
    const id = fc.string({ minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(id, id, id, (UDID, first, second) => {
        fc.pre(first !== second && [UDID, first, second].every((value) => refusal({ UDID: value }) === 'none'))
        const a = enrollmentIdentity({ UDID, UserID: first })
        const b = enrollmentIdentity({ UDID, UserID: second })
        expect(a.id).not.toBe(b.id)
        expect([a.device, b.device]).toEqual([UDID, UDID])
        expect(a.id.split(':')).toEqual([UDID, first])
      }),
    )
  })
})
