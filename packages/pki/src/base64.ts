import { PkiError } from './pki-error.ts'

/**
 * Reads base64 (RFC 4648 §4) without anything around or inside it: what Node's own reader skips, this one refuses.
 * `what` names the text in the message. @throws {PkiError} `base64`
 */
export function decodeBase64(text: string, what: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  // Node skips what it does not know: only text that comes back the same was base64.
  if (text === '' || bytes.toString('base64') !== text) {
    throw new PkiError('base64', `Cannot read ${what}: it is not base64`, { found: text.slice(0, 40) })
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Base64 with padding, on one line. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
