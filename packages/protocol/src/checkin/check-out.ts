import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** The device's one attempt to say that it left. @see apple:mdm/checkin/checkout.yaml */
export interface CheckOut extends IdentityKeys {
  readonly MessageType: 'CheckOut'
  readonly Topic?: string
}

const fields = fieldsOf<CheckOut>('CheckOut', { MessageType: 'string', ...identityFields, Topic: 'string?' })

export function decodeCheckOut(plist: PlistDict): CheckOut {
  return fields.read(plist)
}

export function encodeCheckOut(message: CheckOut): PlistDict {
  return fields.write(message)
}
