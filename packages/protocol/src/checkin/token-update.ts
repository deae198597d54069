import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/**
 * How to wake this channel. The first one completes an enrollment; later ones may leave out UnlockToken and
 * AwaitingConfiguration, and absent then means "as before", never false.
 * @see apple:mdm/checkin/tokenupdate.yaml
 */
export interface TokenUpdate extends IdentityKeys {
  readonly MessageType: 'TokenUpdate'
  readonly Topic: string
  readonly Token: Uint8Array
  readonly PushMagic: string
  readonly UnlockToken?: Uint8Array
  readonly AwaitingConfiguration?: boolean
  readonly NotOnConsole?: boolean
}

const fields = fieldsOf<TokenUpdate>('TokenUpdate', {
  MessageType: 'string',
  ...identityFields,
  Topic: 'string',
  Token: 'data',
  PushMagic: 'string',
  UnlockToken: 'data?',
  AwaitingConfiguration: 'boolean?',
  NotOnConsole: 'boolean?',
})

export function decodeTokenUpdate(plist: PlistDict): TokenUpdate {
  return fields.read(plist)
}

export function encodeTokenUpdate(message: TokenUpdate): PlistDict {
  return fields.write(message)
}
