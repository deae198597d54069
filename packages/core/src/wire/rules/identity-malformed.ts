import { enrollmentIdentity, ProtocolError } from '@edict/protocol'
import { ownKey } from '../own-key.ts'
import type { PlistRule } from '../wire-rule.ts'

const keys = ['UDID', 'EnrollmentID', 'UserID', 'UserShortName', 'UserLongName', 'EnrollmentUserID'] as const

/**
 * Exactly one of UDID and EnrollmentID says which device, and at most one key more which user.
 * @see apple:mdm/checkin/tokenupdate.yaml
 */
export const identityMalformed: PlistRule = {
  code: 'identity-malformed',
  severity: 'error',
  finds: 'a message of a device without `UDID` and `EnrollmentID`, with both, or with a user key of the other one',
  plists: ['check-in', 'connect'],
  check: ({ root }) => {
    const given = keys.flatMap((key) => {
      const value = ownKey(root, key)
      return typeof value === 'string' ? [[key, value]] : []
    })
    try {
      enrollmentIdentity(Object.fromEntries(given))
      return []
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      return [
        {
          at: error.at === undefined ? '' : `/${error.at}`,
          message: error.message,
          ...(error.found === undefined ? {} : { found: error.found }),
          ...(error.expected === undefined ? {} : { expected: error.expected }),
        },
      ]
    }
  },
}
