import { ProtocolError } from '../errors.ts'

/** Documented lengths. @see apple:declarative/declarations/declarationbase.yaml */
export const maximumIdentifierOctets = 64
export const maximumServerTokenOctets = 64
export const maximumDeclarationsTokenOctets = 256

/** @throws {ProtocolError} `too-long` */
export function checkOctets(value: string, maximum: number, at: string, doing: string): void {
  if (value.length * 3 <= maximum) return // no UTF-16 unit takes more than three octets
  const octets = Buffer.byteLength(value)
  if (octets > maximum) {
    throw new ProtocolError('too-long', `Cannot ${doing}: ${at} has ${octets} octets, expected at most ${maximum}`, {
      at,
      found: octets,
      expected: `at most ${maximum} octets`,
    })
  }
}
