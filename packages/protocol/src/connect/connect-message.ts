import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'
import { type IdentityKeys, identityFields, identityKeys } from '../identity-keys.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { fieldsOf, keyOf, requiredString } from '../plist/fields.ts'
import type { PlistDict, PlistValue } from '../plist/plist-value.ts'
import { setKey } from '../plist/set-key.ts'
import { decodeErrorChain, type ErrorChainItem, encodeErrorChain } from './error-chain.ts'

export type ConnectStatus = 'Idle' | 'Acknowledged' | 'Error' | 'CommandFormatError' | 'NotNow'

/** The device has nothing to report and asks for a command. */
export interface ConnectIdle extends IdentityKeys {
  readonly Status: 'Idle'
  /** Of a Mac's user channel: the user is logged in, but not at the screen. */
  readonly NotOnConsole?: boolean
}

export interface CommandResult extends IdentityKeys {
  readonly Status: Exclude<ConnectStatus, 'Idle'>
  readonly CommandUUID: string
  readonly ErrorChain?: readonly ErrorChainItem[]
  /** All other keys: what the command asked for. */
  readonly response: PlistDict
}

export type ConnectMessage = ConnectIdle | CommandResult

const what = 'the connect message'
const idleFields = fieldsOf<ConnectIdle>(what, { Status: 'string', ...identityFields, NotOnConsole: 'boolean?' })
const results = ['Acknowledged', 'Error', 'CommandFormatError', 'NotNow'] as const
const envelope = new Set([...Object.keys(identityFields), 'Status', 'CommandUUID', 'ErrorChain'])

/**
 * Reads what a device sends to ServerURL: Idle, or the result of a command.
 * @throws {ProtocolError} `status-unknown`, `key-missing`, `key-type`, or a {@link PlistError}
 */
export function decodeConnect(bytes: Uint8Array): ConnectMessage {
  const plist = decodePlistDict(bytes, what)
  const status = requiredString(plist, 'Status', what)
  if (status === 'Idle') return idleFields.read(plist)
  const Status = results.find((known) => known === status)
  if (Status === undefined) {
    throw new ProtocolError('status-unknown', `Cannot read ${what}: Status ${excerpt(status)} is unknown`, {
      at: 'Status',
      found: status.slice(0, 64),
      expected: `Idle, ${results.join(', ')}`,
    })
  }
  const response: Record<string, PlistValue> = {}
  for (const key of Object.keys(plist)) {
    const value = plist[key]
    if (value !== undefined && !envelope.has(key)) setKey(response, key, value)
  }
  const chain = keyOf(plist, 'ErrorChain')
  return {
    ...identityKeys.read(plist),
    Status,
    CommandUUID: requiredString(plist, 'CommandUUID', what),
    ...(chain === undefined ? {} : { ErrorChain: decodeErrorChain(chain) }),
    response,
  }
}

export function encodeConnect(message: ConnectMessage): Uint8Array {
  if (message.Status === 'Idle') return encodePlist(idleFields.write(message))
  return encodePlist({
    ...message.response,
    ...identityKeys.write(message),
    Status: message.Status,
    CommandUUID: message.CommandUUID,
    ...(message.ErrorChain === undefined ? {} : { ErrorChain: encodeErrorChain(message.ErrorChain) }),
  })
}
