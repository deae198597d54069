import type { Json } from '@edict/protocol'

/** A model event that is not one. `code` is `event-malformed`, `event-unknown`, `key-missing`, `key-unknown` or `value-unfit`. */
export class EventError extends Error {
  readonly code: string
  /** The key, where it is about one. */
  readonly at: string | undefined
  readonly found: Json | undefined
  readonly expected: string

  constructor(code: string, evidence: { readonly at?: string; readonly found?: Json; readonly expected: string }) {
    const { at, found, expected } = evidence
    const place = at === undefined ? '' : `${at}: `
    const shown = found === undefined ? '' : `found ${excerpt(found)}, `
    super(`Cannot take the event: ${place}${shown}expected ${expected}`)
    this.name = 'EventError'
    this.code = code
    this.at = at
    this.found = found
    this.expected = expected
  }
}

function excerpt(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
