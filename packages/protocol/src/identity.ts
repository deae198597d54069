import { ProtocolError } from './errors.ts'
import { excerpt } from './excerpt.ts'
import type { IdentityKeys } from './identity-keys.ts'

export interface EnrollmentIdentity {
  readonly id: string
  readonly channel: 'device' | 'user'
  /** The id of the device channel; on the device channel, the id itself. */
  readonly device: string
  readonly shape: 'device' | 'mac-user' | 'shared-ipad-user' | 'user-enrollment' | 'user-enrollment-user'
  readonly userShortName?: string
  readonly userLongName?: string
}

/** The UserID that every user of a Shared iPad has: it says that no authentication takes place. */
export const sharedIPadUserID = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'

const maximumLength = 256
const lineBreakers = /[\p{Cc}\u2028\u2029]/u

/**
 * Says who a message is from, and under which id that enrollment is kept: the device's own part, and after a colon the
 * user's. Apple's schema marks both UDID and EnrollmentID required; its errata read that as exactly one of them.
 * @throws {ProtocolError} `identity-missing`, `identity-ambiguous`, `identity-value`
 * @see apple:mdm/checkin/tokenupdate.yaml
 */
export function enrollmentIdentity(keys: IdentityKeys): EnrollmentIdentity {
  const { UDID, EnrollmentID, UserID, EnrollmentUserID } = keys
  if (UDID !== undefined && EnrollmentID !== undefined) {
    throw ambiguous(keys, 'UDID and EnrollmentID are both present', 'exactly one of UDID and EnrollmentID')
  }
  if (UDID !== undefined) {
    if (EnrollmentUserID !== undefined) {
      throw ambiguous(keys, 'EnrollmentUserID stands beside UDID', 'UserID beside UDID')
    }
    return UserID === undefined ? deviceChannel(part('UDID', UDID), 'device', keys) : userOfDevice(UDID, UserID, keys)
  }
  if (EnrollmentID === undefined) {
    throw new ProtocolError('identity-missing', 'Cannot tell the enrollment: UDID and EnrollmentID are both missing', {
      found: Object.keys(keys),
      expected: 'exactly one of UDID and EnrollmentID',
    })
  }
  const device = part('EnrollmentID', EnrollmentID)
  if (EnrollmentUserID !== undefined) {
    const id = `${device}:${part('EnrollmentUserID', EnrollmentUserID)}`
    return { id, channel: 'user', device, shape: 'user-enrollment-user', ...names(keys) }
  }
  if (UserID !== undefined) {
    throw ambiguous(keys, 'UserID stands beside EnrollmentID', 'EnrollmentUserID beside EnrollmentID')
  }
  return deviceChannel(device, 'user-enrollment', keys)
}

function deviceChannel(device: string, shape: 'device' | 'user-enrollment', keys: IdentityKeys): EnrollmentIdentity {
  // A user's message taken for the device's would be answered with the device's declarations.
  if (keys.UserShortName) {
    throw ambiguous(keys, 'UserShortName is present without a user id', 'a user id beside UserShortName')
  }
  return { id: device, channel: 'device', device, shape }
}

function userOfDevice(UDID: string, UserID: string, keys: IdentityKeys): EnrollmentIdentity {
  const device = part('UDID', UDID)
  if (UserID.toUpperCase() !== sharedIPadUserID) {
    return { id: `${device}:${part('UserID', UserID)}`, channel: 'user', device, shape: 'mac-user', ...names(keys) }
  }
  if (keys.UserShortName === undefined) {
    throw new ProtocolError('identity-missing', 'Cannot tell the enrollment: UserShortName is missing', {
      at: 'UserShortName',
      found: Object.keys(keys),
      expected: 'UserShortName beside the UserID of Shared iPad',
    })
  }
  const id = `${device}:${part('UserShortName', keys.UserShortName)}`
  return { id, channel: 'user', device, shape: 'shared-ipad-user', ...names(keys) }
}

function names({ UserShortName, UserLongName }: IdentityKeys): { userShortName?: string; userLongName?: string } {
  return {
    ...(UserShortName ? { userShortName: plain('UserShortName', UserShortName) } : {}),
    ...(UserLongName ? { userLongName: plain('UserLongName', UserLongName) } : {}),
  }
}

/** A part of an id: the colon is what stands between parts, so none may contain it. */
function part(key: string, value: string): string {
  if (value === '') throw refused(key, value, 'is empty', 'at least one character')
  if (value.includes(':')) throw refused(key, value, 'contains a colon', 'no colon')
  if (value.trim() !== value) throw refused(key, value, 'begins or ends with white space', 'no white space around it')
  return detached(plain(key, value))
}

/** A copy that does not keep the message alive it was cut out of: ids stay in memory as long as enrollments do. */
function detached(value: string): string {
  return JSON.parse(JSON.stringify(value)) as string
}

function plain(key: string, value: string): string {
  if (value.length > maximumLength) {
    throw refused(key, value, `has ${value.length} characters`, `at most ${maximumLength}`)
  }
  if (lineBreakers.test(value)) throw refused(key, value, 'contains a control character', 'none')
  if (!value.isWellFormed()) throw refused(key, value, 'contains half a surrogate pair', 'Unicode text')
  return value
}

function refused(key: string, value: string, complaint: string, expected: string): ProtocolError {
  return new ProtocolError('identity-value', `Cannot tell the enrollment: ${key} ${excerpt(value)} ${complaint}`, {
    at: key,
    found: value.slice(0, maximumLength),
    expected,
  })
}

function ambiguous(keys: IdentityKeys, complaint: string, expected: string): ProtocolError {
  return new ProtocolError('identity-ambiguous', `Cannot tell the enrollment: ${complaint}`, {
    found: Object.keys(keys),
    expected,
  })
}
