import type { AccountMode } from '@edict/core'
import type { EnrollmentIdentity } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'

/** The one refusal with 401: of a device that was enrolled by an account, whose access token is missing or no longer good. */
export class SignInRequired extends DeviceError {
  readonly mode: AccountMode

  constructor(who: EnrollmentIdentity, mode: AccountMode) {
    super('sign-in-required', `Cannot answer ${who.id}: the account that it was enrolled by is not signed in`, {
      found: who.id,
      expected: 'an access token of that account which this device alone has, and which was not revoked',
    })
    this.mode = mode
  }
}
