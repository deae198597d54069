import { ProtocolError } from '../errors.ts'
import { decodePlist } from './decode-plist.ts'
import { isPlistDict, type PlistDict } from './plist-value.ts'

/**
 * Reads a property list whose root must be a dictionary, as every MDM message is.
 * @throws {ProtocolError} `root-type`, or a {@link PlistError}
 */
export function decodePlistDict(bytes: Uint8Array, what: string): PlistDict {
  const value = decodePlist(bytes)
  if (!isPlistDict(value)) {
    throw new ProtocolError('root-type', `Cannot read ${what}: the property list is not a dictionary`, {
      expected: 'dictionary',
    })
  }
  return value
}
