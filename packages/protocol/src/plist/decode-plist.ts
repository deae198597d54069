import { maximumBytes } from '../limits.ts'
import { decodeBinaryPlist } from './decode-binary-plist.ts'
import { decodeXmlPlist } from './decode-xml-plist.ts'
import { PlistError } from './plist-error.ts'
import type { PlistValue } from './plist-value.ts'

const magic = [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74] // "bplist"

/**
 * Reads a property list, XML or binary; which one is told by its first octets.
 * Refuses more than 16 MiB and more than 64 containers inside each other.
 * @throws {PlistError} with the place where reading stopped
 */
export function decodePlist(bytes: Uint8Array): PlistValue {
  if (bytes.length > maximumBytes) {
    throw new PlistError(
      'too-large',
      `${bytes.length} octets, where at most ${maximumBytes} are read,`,
      { offset: maximumBytes },
      { found: bytes.length, expected: `at most ${maximumBytes} octets` },
    )
  }
  return magic.every((octet, index) => bytes[index] === octet) ? decodeBinaryPlist(bytes) : decodeXmlPlist(bytes)
}
