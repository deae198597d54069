import { hash } from 'node:crypto'

/** SHA-256 of a value as JSON with sorted keys, shortened to 16 hex digits: it changes when the value does. */
export function fingerprint(value: unknown): string {
  return hash('sha256', JSON.stringify(value, sorted), 'hex').slice(0, 16)
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
