import type { EnrollmentIdentity } from '@edict/protocol'
import type { Pin } from '@edict/store'
import { DeviceError } from '../device/device-error.ts'

/**
 * Refuses a certificate that speaks for another device, or for nobody any more. Whose it is stays untold.
 *
 * @throws DeviceError `identity-mismatch`, `identity-revoked`
 */
export function refuseForeign(pin: Pin, who: EnrollmentIdentity): void {
  if (pin.enrollment !== who.device) throw mismatch(who)
  refuseRevoked(pin.state === 'revoked', who)
}

/** @throws DeviceError `identity-revoked` */
export function refuseRevoked(revoked: boolean, who: EnrollmentIdentity): void {
  if (!revoked) return
  throw new DeviceError('identity-revoked', `Cannot believe ${who.id}: its certificate was revoked`, {
    found: who.id,
    expected: 'a certificate that was not revoked; the device has to enroll again',
  })
}

/** The certificate is another device's, or was issued for another one. */
export function mismatch(who: EnrollmentIdentity): DeviceError {
  return new DeviceError(
    'identity-mismatch',
    `Cannot believe this device: its certificate is not that of ${who.device}`,
    { found: who.id, expected: 'the enrollment that this certificate belongs to' },
  )
}
