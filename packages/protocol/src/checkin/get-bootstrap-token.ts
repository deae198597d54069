import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** A Mac asks for the bootstrap token it gave. @see apple:mdm/checkin/getbootstraptoken.yaml */
export interface GetBootstrapToken extends IdentityKeys {
  readonly MessageType: 'GetBootstrapToken'
  readonly AwaitingConfiguration?: boolean
}

/** Without BootstrapToken there is none, which is not an error. */
export interface GetBootstrapTokenReply {
  readonly BootstrapToken?: Uint8Array
}

const fields = fieldsOf<GetBootstrapToken>('GetBootstrapToken', {
  MessageType: 'string',
  ...identityFields,
  AwaitingConfiguration: 'boolean?',
})

const replyFields = fieldsOf<GetBootstrapTokenReply>('the reply to GetBootstrapToken', { BootstrapToken: 'data?' })

export function decodeGetBootstrapToken(plist: PlistDict): GetBootstrapToken {
  return fields.read(plist)
}

export function encodeGetBootstrapToken(message: GetBootstrapToken): PlistDict {
  return fields.write(message)
}

/** An empty body is the same as no token. */
export function decodeGetBootstrapTokenReply(bytes: Uint8Array): GetBootstrapTokenReply {
  if (bytes.length === 0) return {}
  return replyFields.read(decodePlistDict(bytes, 'the reply to GetBootstrapToken'))
}

export function encodeGetBootstrapTokenReply(reply: GetBootstrapTokenReply): Uint8Array {
  return encodePlist(replyFields.write(reply))
}
