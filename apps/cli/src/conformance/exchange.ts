/** A request of the examination. */
export interface Sent {
  /** What it is, in a word or two: `tokens`, `Authenticate`, `Idle`. */
  readonly what: string
  readonly to: 'check-in' | 'connect'
  /** Content-Type. */
  readonly type: string
  readonly body: Uint8Array
}

/** An answer, as it came over the line, nothing decompressed. Header names are in lower case. */
export interface Came {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Whether an earlier request went over the same connection. */
  readonly reused: boolean
}

/** What was sent, and what came; null where no whole answer did, and why. */
export interface Exchange {
  readonly sent: Sent
  readonly came: Came | null
  readonly failure: string | null
}

/** The body of an answer as text; empty where none came. */
export function textOf({ came }: Exchange): string {
  return came === null ? '' : new TextDecoder().decode(came.body)
}
