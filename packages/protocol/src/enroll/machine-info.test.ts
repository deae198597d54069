import { describe, expect, it } from 'vitest'
import { encodePlist } from '../plist/encode-plist.ts'
import type { PlistDict } from '../plist/plist-value.ts'
import { writeBinaryPlist } from '../plist/write-binary-plist.ts'
import { decodeMachineInfo, encodeMachineInfo, type MachineInfo } from './machine-info.ts'

const least: MachineInfo = { PRODUCT: 'iPad16,3', VERSION: '24A335' }
const full: MachineInfo = {
  ...least,
  UDID: '00008132-000000000000001E',
  SERIAL: 'ZZ0000000001',
  OS_VERSION: '27.0',
  SUPPLEMENTAL_BUILD_VERSION: '24A335a',
  SUPPLEMENTAL_OS_VERSION_EXTRA: '(a)',
  IMEI: '00 000000 000000 0',
  MEID: '00000000000000',
  LANGUAGE: 'en',
  MDM_CAN_REQUEST_SOFTWARE_UPDATE: true,
  SOFTWARE_UPDATE_DEVICE_ID: 'iPad16,3',
  MDM_CAN_REQUEST_PSSO_CONFIG: false,
  MANDATORY_SOFTWARE_UPDATE_REQUIRED: false,
  PAIRING_TOKEN: Uint8Array.of(1, 2),
}

describe('MachineInfo', () => {
  it.each([least, full])('comes back as it was written', (info) => {
    expect(decodeMachineInfo(encodeMachineInfo(info))).toEqual(info)
  })

  it('is read from a binary property list, and unknown keys are passed over', () => {
    expect(decodeMachineInfo(writeBinaryPlist({ ...full, NEW: 1 } as PlistDict))).toEqual(full)
  })

  it.each([
    ['without PRODUCT', { PRODUCT: undefined }, 'key-missing', 'PRODUCT'],
    ['with an empty VERSION', { VERSION: '' }, 'key-empty', 'VERSION'],
    ['with a number for SERIAL', { SERIAL: 1 }, 'key-type', 'SERIAL'],
    ['with a long SERIAL', { SERIAL: 'Z'.repeat(257) }, 'key-value', 'SERIAL'],
    ['with a line break in SERIAL', { SERIAL: 'Z\nZ' }, 'key-value', 'SERIAL'],
    ['with a large PAIRING_TOKEN', { PAIRING_TOKEN: new Uint8Array(16_385) }, 'too-large', undefined],
    ['of more than 64 KiB', { NEW: 'x'.repeat(65_536) }, 'too-large', undefined],
  ])('is refused %s', (_, change, code, at) => {
    const { PRODUCT, ...rest } = { ...least, ...change } as Record<string, unknown>
    const plist = encodePlist({ ...rest, ...(PRODUCT === undefined ? {} : { PRODUCT }) } as PlistDict)
    expect(() => decodeMachineInfo(plist)).toThrow(expect.objectContaining({ code, at }))
  })
})
