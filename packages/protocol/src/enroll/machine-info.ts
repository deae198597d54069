import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { fieldsOf } from '../plist/fields.ts'

/**
 * What a device says of itself when it asks for an enrollment profile. It is signed as a whole: see `verifyMachineInfo` of
 * `@edict/pki`. UDID, SERIAL, IMEI and MEID are missing where a user enrolls; OS_VERSION is missing before iOS 17 and macOS 14.
 * @see apple:other/machineinfo.yaml
 */
export interface MachineInfo {
  readonly UDID?: string
  readonly SERIAL?: string
  /** Product type: `iPad16,3`. */
  readonly PRODUCT: string
  /** Build: `24A335`. */
  readonly VERSION: string
  readonly OS_VERSION?: string
  readonly SUPPLEMENTAL_BUILD_VERSION?: string
  readonly SUPPLEMENTAL_OS_VERSION_EXTRA?: string
  readonly IMEI?: string
  readonly MEID?: string
  readonly LANGUAGE?: string
  readonly MDM_CAN_REQUEST_SOFTWARE_UPDATE?: boolean
  readonly SOFTWARE_UPDATE_DEVICE_ID?: string
  readonly MDM_CAN_REQUEST_PSSO_CONFIG?: boolean
  readonly MANDATORY_SOFTWARE_UPDATE_REQUIRED?: boolean
  /** Of a Watch whose iPhone got it for it. */
  readonly PAIRING_TOKEN?: Uint8Array
}

const fields = fieldsOf<MachineInfo>('MachineInfo', {
  UDID: 'string?',
  SERIAL: 'string?',
  PRODUCT: 'string',
  VERSION: 'string',
  OS_VERSION: 'string?',
  SUPPLEMENTAL_BUILD_VERSION: 'string?',
  SUPPLEMENTAL_OS_VERSION_EXTRA: 'string?',
  IMEI: 'string?',
  MEID: 'string?',
  LANGUAGE: 'string?',
  MDM_CAN_REQUEST_SOFTWARE_UPDATE: 'boolean?',
  SOFTWARE_UPDATE_DEVICE_ID: 'string?',
  MDM_CAN_REQUEST_PSSO_CONFIG: 'boolean?',
  MANDATORY_SOFTWARE_UPDATE_REQUIRED: 'boolean?',
  PAIRING_TOKEN: 'data?',
})

/** Octets. A device sends less than two kilobytes. */
const maximumBytes = 64 * 1024
const maximumText = 256
const maximumToken = 16 * 1024
const lineBreakers = /[\p{Cc}\u2028\u2029]/u

/**
 * Reads the property list that was signed, of at most 64 KiB. Each text has at most 256 characters and no control character, for
 * serial numbers end up in lists and logs; PAIRING_TOKEN has at most 16 KiB.
 * @throws {ProtocolError} `too-large`, `key-missing`, `key-type`, `key-empty`, `key-value`, or a {@link PlistError}
 */
export function decodeMachineInfo(bytes: Uint8Array): MachineInfo {
  if (bytes.length > maximumBytes) throw tooLarge('MachineInfo', bytes.length, maximumBytes)
  const info = fields.read(decodePlistDict(bytes, 'MachineInfo'))
  for (const [key, value] of Object.entries(info)) if (typeof value === 'string') refuseUnfit(key, value)
  const token = info.PAIRING_TOKEN?.length ?? 0
  if (token > maximumToken) throw tooLarge('PAIRING_TOKEN', token, maximumToken)
  return info
}

export function encodeMachineInfo(info: MachineInfo): Uint8Array {
  return encodePlist(fields.write(info))
}

function refuseUnfit(at: string, value: string): void {
  if (value.length > maximumText) throw unfit(at, value, `has ${value.length} characters`, `at most ${maximumText}`)
  if (lineBreakers.test(value)) throw unfit(at, value, 'contains a control character', 'none')
  if (!value.isWellFormed()) throw unfit(at, value, 'contains half a surrogate pair', 'Unicode text')
}

function unfit(at: string, value: string, complaint: string, expected: string): ProtocolError {
  return new ProtocolError('key-value', `Cannot read MachineInfo: ${at} ${excerpt(value)} ${complaint}`, {
    at,
    found: value.slice(0, maximumText),
    expected,
  })
}

function tooLarge(what: string, found: number, most: number): ProtocolError {
  return new ProtocolError('too-large', `Cannot read ${what}: ${found} octets found, expected at most ${most}`, {
    found,
    expected: `at most ${most} octets`,
  })
}
