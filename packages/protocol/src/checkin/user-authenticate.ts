import { ProtocolError } from '../errors.ts'
import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/**
 * A network or mobile user of a Mac logs in: first without DigestResponse, then with the answer to the challenge.
 * @see apple:mdm/checkin/userauthenticate.yaml
 */
export interface UserAuthenticate extends IdentityKeys {
  readonly MessageType: 'UserAuthenticate'
  readonly DigestResponse?: string
}

/** An empty DigestChallenge says that no AuthToken is needed; an empty AuthToken, that the password was wrong. */
export type UserAuthenticateReply = { readonly DigestChallenge: string } | { readonly AuthToken: string }

const fields = fieldsOf<UserAuthenticate>('UserAuthenticate', {
  MessageType: 'string',
  ...identityFields,
  DigestResponse: 'string?',
})

const replyFields = fieldsOf<{ readonly DigestChallenge?: string; readonly AuthToken?: string }>(
  'the reply to UserAuthenticate',
  { DigestChallenge: 'string?', AuthToken: 'string?' },
)

export function decodeUserAuthenticate(plist: PlistDict): UserAuthenticate {
  return fields.read(plist)
}

export function encodeUserAuthenticate(message: UserAuthenticate): PlistDict {
  return fields.write(message)
}

/** @throws {ProtocolError} `key-missing` when neither key is there */
export function decodeUserAuthenticateReply(bytes: Uint8Array): UserAuthenticateReply {
  const { DigestChallenge, AuthToken } = replyFields.read(decodePlistDict(bytes, 'the reply to UserAuthenticate'))
  if (DigestChallenge !== undefined) return { DigestChallenge }
  if (AuthToken !== undefined) return { AuthToken }
  throw new ProtocolError('key-missing', 'Cannot read the reply to UserAuthenticate: DigestChallenge is missing', {
    at: 'DigestChallenge',
    expected: 'DigestChallenge or AuthToken',
  })
}

export function encodeUserAuthenticateReply(reply: UserAuthenticateReply): Uint8Array {
  return encodePlist(replyFields.write(reply))
}
