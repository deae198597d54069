import { PkiError } from '../pki-error.ts'

const maximumLength = 40

/** Reads the content of an OBJECT IDENTIFIER (X.690 §8.19) into dotted decimal. @throws {PkiError} `oid` */
export function decodeOid(content: Uint8Array, offset = 0): string {
  if (content.length === 0 || content.length > maximumLength) throw fail(`${content.length} octets`, offset)
  const arcs: number[] = []
  let arc = 0
  let fresh = true
  for (const octet of content) {
    if (fresh && octet === 0x80) throw fail('an arc that starts with zero', offset)
    arc = arc * 128 + (octet & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw fail('an arc too large', offset)
    fresh = (octet & 0x80) === 0
    if (!fresh) continue
    if (arcs.length > 0) arcs.push(arc)
    else arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)))
    arc = 0
  }
  if (!fresh) throw fail('an unfinished arc', offset)
  return arcs.join('.')
}

/** Writes the content of an OBJECT IDENTIFIER from dotted decimal. */
export function encodeOid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const octets: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128))
    octets.push(...groups)
  }
  return Uint8Array.from(octets)
}

function fail(found: string, offset: number): PkiError {
  return new PkiError('oid', `Cannot read object identifier: found ${found} at octet ${offset}`, { offset, found })
}
