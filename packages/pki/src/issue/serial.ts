import { randomBytes } from 'node:crypto'
import { PkiError } from '../pki-error.ts'

/** 16 random octets as a serial number: positive, and always of the same length. */
export function randomSerial(): Uint8Array {
  const serial = Uint8Array.from(randomBytes(16))
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

/** @throws {PkiError} `serial` unless positive, and of 8 to 20 octets (RFC 5280 §4.1.2.2; shorter ones can be guessed) */
export function refuseSerial(serial: Uint8Array): void {
  const [first = 0] = serial
  if (serial.length < 8 || serial.length > 20 || first === 0 || first >= 0x80) {
    const expected = '8 to 20 octets, the first of them 01 to 7F'
    throw new PkiError('serial', `Cannot issue certificate: its serial number has ${serial.length} octets`, {
      expected,
    })
  }
}
