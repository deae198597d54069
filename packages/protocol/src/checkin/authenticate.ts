import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** The first message of an enrollment, on the device channel. @see apple:mdm/checkin/authenticate.yaml */
export interface Authenticate extends IdentityKeys {
  readonly MessageType: 'Authenticate'
  readonly Topic: string
  readonly OSVersion?: string
  readonly BuildVersion?: string
  readonly ProductName?: string
  readonly SerialNumber?: string
  readonly IMEI?: string
  readonly MEID?: string
  readonly DeviceName?: string
  readonly Model?: string
  readonly ModelName?: string
  /** Not in the schema; real Macs send it. */
  readonly Challenge?: Uint8Array
}

const fields = fieldsOf<Authenticate>('Authenticate', {
  MessageType: 'string',
  ...identityFields,
  Topic: 'string',
  OSVersion: 'string?',
  BuildVersion: 'string?',
  ProductName: 'string?',
  SerialNumber: 'string?',
  IMEI: 'string?',
  MEID: 'string?',
  DeviceName: 'string?',
  Model: 'string?',
  ModelName: 'string?',
  Challenge: 'data?',
})

export function decodeAuthenticate(plist: PlistDict): Authenticate {
  return fields.read(plist)
}

export function encodeAuthenticate(message: Authenticate): PlistDict {
  return fields.write(message)
}
