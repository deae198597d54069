import { PkiError } from '../pki-error.ts'

/** One element's identifier and length. `length` is undefined where BER leaves it open. */
export interface Header {
  readonly tag: number
  readonly contentStart: number
  readonly length: number | undefined
}

/**
 * Reads the identifier and length octets at `offset` (X.690 §8.1). With `strict` the length must be definite and as short as
 * can be (§10.1); else indefinite and roomy lengths pass. @throws {PkiError} `truncated`, `tag`, `length`
 */
export function readHeader(bytes: Uint8Array, offset: number, end: number, strict: boolean): Header {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined || offset + 2 > end) throw truncated(offset, end)
  if ((tag & 0x1f) === 0x1f) throw fail('tag', 'a tag number above 30', offset)
  if (first < 0x80) return within({ tag, contentStart: offset + 2, length: first }, offset, end)
  if (first === 0x80) {
    if (strict) throw fail('length', 'an indefinite length, which DER does not allow', offset)
    return { tag, contentStart: offset + 2, length: undefined }
  }
  const count = first & 0x7f
  const contentStart = offset + 2 + count
  if (count > 4) throw fail('length', `a length of ${count} octets`, offset)
  if (contentStart > end) throw truncated(offset, end)
  let length = 0
  for (let at = offset + 2; at < contentStart; at++) length = length * 256 + (bytes[at] ?? 0)
  if (strict && (length < 0x80 || bytes[offset + 2] === 0)) {
    throw fail('length', 'a length written longer than needed, which DER does not allow', offset)
  }
  return within({ tag, contentStart, length }, offset, end)
}

function within(header: Header & { readonly length: number }, offset: number, end: number): Header {
  if (header.contentStart + header.length > end) throw truncated(offset, end)
  return header
}

function truncated(offset: number, end: number): PkiError {
  return new PkiError('truncated', `Cannot read DER: the element at octet ${offset} goes beyond its end`, {
    offset,
    found: Math.max(0, end - offset),
  })
}

function fail(code: string, found: string, offset: number): PkiError {
  return new PkiError(code, `Cannot read DER: found ${found} at octet ${offset}`, { offset, found })
}
