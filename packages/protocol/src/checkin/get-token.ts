import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { fieldsOf, keyOf, requiredDict } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** What `com.apple.watch.pairing` sends along. */
export interface TokenParameters {
  readonly SecurityToken?: string
  readonly PhoneUDID?: string
  readonly WatchUDID?: string
}

/**
 * A device asks the server for a token that says something about itself.
 * TokenServiceType is `com.apple.maid` or `com.apple.watch.pairing`; others are kept for the server to refuse.
 * @see apple:mdm/checkin/gettoken.yaml
 */
export interface GetToken extends IdentityKeys {
  readonly MessageType: 'GetToken'
  readonly TokenServiceType: string
  readonly TokenParameters?: TokenParameters
}

export interface GetTokenReply {
  readonly TokenData: Uint8Array
}

const fields = fieldsOf<Omit<GetToken, 'TokenParameters'>>('GetToken', {
  MessageType: 'string',
  ...identityFields,
  TokenServiceType: 'string',
})

const parameterFields = fieldsOf<TokenParameters>('TokenParameters', {
  SecurityToken: 'string?',
  PhoneUDID: 'string?',
  WatchUDID: 'string?',
})

const replyFields = fieldsOf<GetTokenReply>('the reply to GetToken', { TokenData: 'data' })

export function decodeGetToken(plist: PlistDict): GetToken {
  const message = fields.read(plist)
  if (keyOf(plist, 'TokenParameters') === undefined) return message
  return { ...message, TokenParameters: parameterFields.read(requiredDict(plist, 'TokenParameters', 'GetToken')) }
}

export function encodeGetToken(message: GetToken): PlistDict {
  const plist = fields.write(message)
  if (message.TokenParameters === undefined) return plist
  return { ...plist, TokenParameters: parameterFields.write(message.TokenParameters) }
}

export function decodeGetTokenReply(bytes: Uint8Array): GetTokenReply {
  return replyFields.read(decodePlistDict(bytes, 'the reply to GetToken'))
}

export function encodeGetTokenReply(reply: GetTokenReply): Uint8Array {
  return encodePlist(replyFields.write(reply))
}
