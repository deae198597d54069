import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { requiredDict, requiredString } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** A command as it goes to the device. */
export interface Command {
  readonly CommandUUID: string
  readonly Command: PlistDict & { readonly RequestType: string }
}

const what = 'the command'

/** @throws {ProtocolError} `key-missing`, `key-type`, `key-empty`, or a {@link PlistError} */
export function decodeCommand(bytes: Uint8Array): Command {
  const plist = decodePlistDict(bytes, what)
  const command = requiredDict(plist, 'Command', what)
  const RequestType = requiredString(command, 'RequestType', what)
  return { CommandUUID: requiredString(plist, 'CommandUUID', what), Command: { ...command, RequestType } }
}

export function encodeCommand({ CommandUUID, Command }: Command): Uint8Array {
  return encodePlist({ CommandUUID, Command })
}
