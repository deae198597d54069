import { ProtocolError } from '../errors.ts'
import { maximumBytes } from '../limits.ts'
import { checkJson } from './check-json.ts'
import type { Json } from './json.ts'

export interface JsonOptions {
  /** What becomes of integers beyond 2^53, which JavaScript cannot hold. Default `refuse`. */
  readonly bigIntegers?: 'refuse' | 'round'
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads JSON (RFC 8259) of at most 16 MiB and 64 containers inside each other. A byte order mark is passed over; of a
 * key that stands twice the last counts.
 * @throws {ProtocolError} with the place: `too-large`, `encoding`, `json`, `depth`, `integer-range`, `number-range`
 */
export function decodeJson(bytes: Uint8Array | string, { bigIntegers = 'refuse' }: JsonOptions = {}): Json {
  if (bytes.length > maximumBytes) {
    const expected = `at most ${maximumBytes}`
    throw new ProtocolError('too-large', `Cannot read JSON: ${bytes.length} octets found, expected ${expected}`, {
      found: bytes.length,
      expected,
    })
  }
  const text = typeof bytes === 'string' ? bytes.replace(/^\ufeff/, '') : decodeText(bytes)
  checkJson(text, bigIntegers)
  return JSON.parse(text) as Json
}

function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new ProtocolError('encoding', 'Cannot read JSON: the octets are not UTF-8', { expected: 'UTF-8' })
  }
}
