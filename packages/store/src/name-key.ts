import { sha256 } from '@edict/core'

/** Longest name, in UTF-16 units, that is a key by itself: an index entry of PostgreSQL holds 2,704 octets. */
const LONGEST_NAME = 300
/** Longest canonical value that is a key by itself. */
const LONGEST_VALUE = 200

/** What a status item is found by. */
export function nameKey(name: string): string {
  return name.length <= LONGEST_NAME ? name : hashed(name)
}

/** What equal values of a status item are found by: their canonical text, which never begins like a hash. */
export function valueKey(canonicalText: string): string {
  return canonicalText.length <= LONGEST_VALUE ? canonicalText : hashed(canonicalText)
}

export function isHashed(valueKey: string): boolean {
  return valueKey.startsWith(PREFIX)
}

const PREFIX = 'sha256:'

function hashed(text: string): string {
  return PREFIX + sha256(text)
}
