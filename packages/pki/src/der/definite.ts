import { concatenate } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import { type Header, readHeader } from './header.ts'
import { maximumDepth, maximumSize } from './limits.ts'
import { constructedBit, tagName, tags } from './tag.ts'
import { element } from './writer.ts'

const constructedOctetString = tags.octetString | constructedBit

interface Piece {
  readonly bytes: Uint8Array
  /** Where the next element starts in the input. */
  readonly next: number
}

/**
 * Rewrites BER as Apple's encoders emit it (indefinite lengths, octet strings in chunks, roomy lengths) with definite lengths
 * and whole octet strings, so that strict readers can go on. Input that needs none of it comes back as it is: a certificate
 * inside keeps its octets. An octet string under an implicit tag stays in chunks, for only its reader knows the schema.
 * @throws {PkiError} `size`, `depth`, `truncated`, `trailing`, and the codes of a broken header
 */
export function definite(bytes: Uint8Array): Uint8Array {
  if (bytes.length > maximumSize) {
    throw new PkiError('size', `Cannot read BER: it has ${bytes.length} octets`, { expected: `${maximumSize} at most` })
  }
  if (endOfTight(bytes, 0, bytes.length, 0) === bytes.length) return bytes
  const piece = rewrite(bytes, 0, bytes.length, 0)
  if (piece.next !== bytes.length) {
    const left = bytes.length - piece.next
    throw new PkiError('trailing', `Cannot read BER: ${left} octets follow it`, { offset: piece.next, found: left })
  }
  return piece.bytes
}

/**
 * Where an element ends that is as it should be already, found without making anything; -1 where it is not, or is broken: then the
 * rewriting says what is wrong. Most devices send such.
 */
function endOfTight(bytes: Uint8Array, offset: number, end: number, depth: number): number {
  const tag = bytes[offset] ?? 0x1f
  const first = bytes[offset + 1] ?? 0x80
  if ((tag & 0x1f) === 0x1f || first === 0x80 || first > 0x83 || depth > maximumDepth) return -1
  const start = offset + 2 + (first < 0x80 ? 0 : first & 0x7f)
  let length = first < 0x80 ? first : 0
  for (let at = offset + 2; at < start; at++) length = length * 256 + (bytes[at] ?? 0)
  const next = start + length
  if (next > end || (first >= 0x80 && length < (first === 0x81 ? 0x80 : first === 0x82 ? 0x100 : 0x10000))) return -1
  if ((tag & constructedBit) === 0) return next
  if ((tag & 0xc0) === 0 && tag !== tags.sequence && tag !== tags.set) return -1
  let at = start
  while (at < next) {
    at = endOfTight(bytes, at, next, depth + 1)
    if (at === -1) return -1
  }
  return next
}

function rewrite(bytes: Uint8Array, offset: number, end: number, depth: number): Piece {
  if (depth > maximumDepth) {
    throw new PkiError('depth', `Cannot read BER: it nests more than ${maximumDepth} deep`, { offset })
  }
  const header = readHeader(bytes, offset, end, false)
  if ((header.tag & constructedBit) === 0) return primitive(bytes, offset, header)
  const { parts, next, changed } = children(bytes, header, end, depth)
  if (header.tag === constructedOctetString) return { bytes: element(tags.octetString, ...parts.map(chunk)), next }
  if ((header.tag & 0xc0) === 0 && header.tag !== tags.sequence && header.tag !== tags.set) {
    const found = tagName(header.tag)
    throw new PkiError('unexpected', `Cannot read BER: found ${found} at octet ${offset} in pieces`, { offset, found })
  }
  const same = !changed && isTight(offset, header)
  return { bytes: same ? bytes.subarray(offset, next) : element(header.tag, ...parts), next }
}

function primitive(bytes: Uint8Array, offset: number, header: Header): Piece {
  if (header.length === undefined) {
    throw new PkiError('length', `Cannot read BER: a primitive element at octet ${offset} has no length`, { offset })
  }
  const next = header.contentStart + header.length
  if (isTight(offset, header)) return { bytes: bytes.subarray(offset, next), next }
  return { bytes: element(header.tag, bytes.subarray(header.contentStart, next)), next }
}

function children(bytes: Uint8Array, header: Header, outerEnd: number, depth: number) {
  const open = header.length === undefined
  const end = open ? outerEnd : header.contentStart + (header.length ?? 0)
  const parts: Uint8Array[] = []
  let changed = false
  let at = header.contentStart
  while (open ? !isEndOfContents(bytes, at, end) : at < end) {
    const piece = rewrite(bytes, at, end, depth + 1)
    // What is untouched is a view of the input, exactly where it was.
    changed ||= piece.bytes.buffer !== bytes.buffer || piece.bytes.length !== piece.next - at
    parts.push(piece.bytes)
    at = piece.next
  }
  return { parts, next: open ? at + 2 : at, changed }
}

/** Two zero octets end an open length (X.690 §8.1.5). Input that stops before them fails in `rewrite`. */
function isEndOfContents(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 2 <= end && bytes[at] === 0 && bytes[at + 1] === 0
}

/** Whether the length is definite and in the fewest octets, as DER has it. */
function isTight(offset: number, { length, contentStart }: Header): boolean {
  if (length === undefined) return false
  const octets = contentStart - offset - 1
  return octets === (length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5)
}

function chunk(part: Uint8Array): Uint8Array {
  const header = readHeader(part, 0, part.length, true)
  if (header.tag !== tags.octetString) {
    const found = tagName(header.tag)
    throw new PkiError('unexpected', `Cannot read BER: found ${found} inside of an octet string`, { found })
  }
  return part.subarray(header.contentStart)
}

/** The octets of an octet string that an implicit tag hides: whole, or the chunks of a constructed one. */
export function joinChunks(content: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 0; at < content.length; ) {
    const header = readHeader(content, at, content.length, true)
    const next = header.contentStart + (header.length ?? 0)
    parts.push(chunk(content.subarray(at, next)))
    at = next
  }
  return concatenate(parts)
}
