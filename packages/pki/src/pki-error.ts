export interface PkiEvidence {
  /** Octet at which reading stopped. For BER input it counts in the form with definite lengths. */
  readonly offset?: number
  readonly found?: unknown
  readonly expected?: string
  readonly cause?: unknown
}

/** Bytes that are not what they claim to be, or not trusted. `code` is stable; the message is for people. */
export class PkiError extends Error {
  readonly code: string
  readonly offset: number | undefined
  readonly found: unknown
  readonly expected: string | undefined

  constructor(code: string, message: string, evidence: PkiEvidence = {}) {
    super(message, evidence.cause === undefined ? undefined : { cause: evidence.cause })
    this.name = 'PkiError'
    this.code = code
    this.offset = evidence.offset
    this.found = evidence.found
    this.expected = evidence.expected
  }
}
