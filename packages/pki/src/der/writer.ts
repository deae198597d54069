import { concatenate } from '../bytes.ts'
import { encodeOid } from './oid.ts'
import { contextTag, tags } from './tag.ts'
import { timeText } from './time.ts'

/** One element in DER: tag, length, and the parts as its content. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return concatenate([Uint8Array.from([tag, ...lengthOctets(length)]), ...parts])
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256)
  return [0x80 | octets.length, ...octets]
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return element(tags.sequence, ...parts)
}

/** SET OF: DER sorts the elements by their octets (X.690 §11.6). */
export function setOf(...parts: readonly Uint8Array[]): Uint8Array {
  return element(tags.set, ...parts.toSorted(Buffer.compare))
}

/** `[number]` around the parts: an explicit tag, or the implicit tag of a sequence or set. */
export function context(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return element(contextTag(number), ...parts)
}

/** `[number]` in place of a primitive type's own tag. */
export function contextPrimitive(number: number, content: Uint8Array): Uint8Array {
  return element(contextTag(number, 'primitive'), content)
}

export function oid(text: string): Uint8Array {
  return element(tags.oid, encodeOid(text))
}

/** A whole number of 0 through 2^31 - 1. */
export function integer(value: number): Uint8Array {
  const octets: number[] = []
  for (let left = value; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256)
  return unsignedInteger(Uint8Array.from(octets))
}

/** A number of zero or more from its octets, most significant first: serial numbers. */
export function unsignedInteger(octets: Uint8Array): Uint8Array {
  let start = 0
  while (start < octets.length && octets[start] === 0) start++
  const trimmed = octets.subarray(start)
  const needsSign = trimmed.length === 0 || (trimmed[0] ?? 0) >= 0x80
  return element(tags.integer, needsSign ? concatenate([Uint8Array.of(0), trimmed]) : trimmed)
}

export function octetString(content: Uint8Array): Uint8Array {
  return element(tags.octetString, content)
}

/** A bit string of whole octets, or with so many unused bits in the last one. */
export function bitString(content: Uint8Array, unused = 0): Uint8Array {
  return element(tags.bitString, Uint8Array.of(unused), content)
}

export function boolean(value: boolean): Uint8Array {
  return element(tags.boolean, Uint8Array.of(value ? 0xff : 0))
}

export const nullValue: Uint8Array = element(tags.null)

/** A string type of ASN.1, in UTF-8 (which printable and IA5 strings share). */
export function text(tag: number, value: string): Uint8Array {
  return element(tag, Buffer.from(value, 'utf8'))
}

/** UTCTime or GeneralizedTime from milliseconds since 1970. */
export function time(at: number): Uint8Array {
  const written = timeText(at)
  return text(written.tag, written.text)
}
