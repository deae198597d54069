import { hash } from 'node:crypto'
import type { Json } from '@edict/protocol'
import canonicalize from 'canonicalize'

/**
 * RFC 8785 text of a JSON value: the form that is stored, hashed and sent. Two equal values give one text, whatever order
 * their keys were written in.
 */
export function canonical(value: Json): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError(`Cannot canonicalise value: ${typeof value} is not JSON`)
  return text
}

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hex digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** Order by UTF-16 code unit, the one order used wherever a canonical list is made. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
