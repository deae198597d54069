import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { requiredString } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'
import { type Authenticate, decodeAuthenticate, encodeAuthenticate } from './authenticate.ts'
import { type CheckOut, decodeCheckOut, encodeCheckOut } from './check-out.ts'
import {
  type DeclarativeManagement,
  decodeDeclarativeManagement,
  encodeDeclarativeManagement,
} from './declarative-management.ts'
import { decodeGetBootstrapToken, encodeGetBootstrapToken, type GetBootstrapToken } from './get-bootstrap-token.ts'
import { decodeGetToken, encodeGetToken, type GetToken } from './get-token.ts'
import { decodeReturnToService, encodeReturnToService, type ReturnToService } from './return-to-service.ts'
import { decodeSetBootstrapToken, encodeSetBootstrapToken, type SetBootstrapToken } from './set-bootstrap-token.ts'
import { decodeTokenUpdate, encodeTokenUpdate, type TokenUpdate } from './token-update.ts'
import { decodeUserAuthenticate, encodeUserAuthenticate, type UserAuthenticate } from './user-authenticate.ts'

/** The nine messages of the check-in protocol, told apart by MessageType. */
export type CheckIn =
  | Authenticate
  | TokenUpdate
  | CheckOut
  | UserAuthenticate
  | SetBootstrapToken
  | GetBootstrapToken
  | GetToken
  | DeclarativeManagement
  | ReturnToService

const decoders: ReadonlyMap<string, (plist: PlistDict) => CheckIn> = new Map<string, (plist: PlistDict) => CheckIn>([
  ['Authenticate', decodeAuthenticate],
  ['TokenUpdate', decodeTokenUpdate],
  ['CheckOut', decodeCheckOut],
  ['UserAuthenticate', decodeUserAuthenticate],
  ['SetBootstrapToken', decodeSetBootstrapToken],
  ['GetBootstrapToken', decodeGetBootstrapToken],
  ['GetToken', decodeGetToken],
  ['DeclarativeManagement', decodeDeclarativeManagement],
  ['ReturnToService', decodeReturnToService],
])

/**
 * Reads a check-in message. Whether its identity keys fit together is for `enrollmentIdentity` to say.
 * @throws {ProtocolError} `message-unknown`, the codes of the message, or a {@link PlistError}
 */
export function decodeCheckIn(bytes: Uint8Array): CheckIn {
  const plist = decodePlistDict(bytes, 'check-in')
  const type = requiredString(plist, 'MessageType', 'check-in')
  const decode = decoders.get(type)
  if (decode === undefined) {
    throw new ProtocolError('message-unknown', `Cannot read check-in: MessageType ${excerpt(type)} is unknown`, {
      at: 'MessageType',
      found: type.slice(0, 64),
      expected: [...decoders.keys()].join(', '),
    })
  }
  return decode(plist)
}

export function encodeCheckIn(message: CheckIn): Uint8Array {
  return encodePlist(toPlist(message))
}

function toPlist(message: CheckIn): PlistDict {
  switch (message.MessageType) {
    case 'Authenticate':
      return encodeAuthenticate(message)
    case 'TokenUpdate':
      return encodeTokenUpdate(message)
    case 'CheckOut':
      return encodeCheckOut(message)
    case 'UserAuthenticate':
      return encodeUserAuthenticate(message)
    case 'SetBootstrapToken':
      return encodeSetBootstrapToken(message)
    case 'GetBootstrapToken':
      return encodeGetBootstrapToken(message)
    case 'GetToken':
      return encodeGetToken(message)
    case 'DeclarativeManagement':
      return encodeDeclarativeManagement(message)
    case 'ReturnToService':
      return encodeReturnToService(message)
  }
}
