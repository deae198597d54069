import type { Cause } from '../cause.ts'
import { suspectReasons } from '../look.ts'

/** Keys that the device does not know make it refuse the declaration. */
export const payloadKeysUnknown: Cause = {
  code: 'payload-keys-unknown',
  number: 33,
  basis: 'documented',
  summary: 'A declaration has keys in its Payload that the device does not know, or values that it cannot have',
  remedy: 'take them out, and check the declaration for the version that the device has: edict lint --target',
  suspect: (history) =>
    suspectReasons(history, [
      'Error.UnknownPayloadKeys',
      'Error.InvalidPayload',
      'Error.ConfigurationCannotBeDeserialized',
      'Error.ConfigurationIsInvalid',
      'Error.ConfigurationFailed',
      'Error.ActivationFailed',
    ]),
}
