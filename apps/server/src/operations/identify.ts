import { type EnrollmentIdentity, enrollmentIdentity, type IdentityKeys } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import type { DeviceSettings } from '../services.ts'

/**
 * Who speaks. What a message claims is believed only where that was asked for, on loopback; with certificates it will be
 * the certificate that is believed.
 *
 * @throws DeviceError `identity-unproved`
 * @throws ProtocolError when the identity keys do not belong together
 */
export function identify(keys: IdentityKeys, settings: Pick<DeviceSettings, 'insecureDevices'>): EnrollmentIdentity {
  if (!settings.insecureDevices) {
    throw new DeviceError('identity-unproved', 'Cannot believe this device: it did not prove who it is', {
      expected: 'a proof of identity, or a server started with --insecure-devices',
    })
  }
  return enrollmentIdentity(keys)
}
