import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** A Mac escrows its bootstrap token; absent or empty deletes it. @see apple:mdm/checkin/setbootstraptoken.yaml */
export interface SetBootstrapToken extends IdentityKeys {
  readonly MessageType: 'SetBootstrapToken'
  readonly BootstrapToken?: Uint8Array
  readonly AwaitingConfiguration?: boolean
}

const fields = fieldsOf<SetBootstrapToken>('SetBootstrapToken', {
  MessageType: 'string',
  ...identityFields,
  BootstrapToken: 'data?',
  AwaitingConfiguration: 'boolean?',
})

export function decodeSetBootstrapToken(plist: PlistDict): SetBootstrapToken {
  return fields.read(plist)
}

export function encodeSetBootstrapToken(message: SetBootstrapToken): PlistDict {
  return fields.write(message)
}
