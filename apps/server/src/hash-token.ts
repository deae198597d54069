import { createHash } from 'node:crypto'

/** Only this is kept of a token that opens something: SHA-256 in lower-case hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}
