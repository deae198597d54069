export interface ProtocolEvidence {
  /** Where: a key path, an endpoint, or `line 3, column 5`. */
  readonly at?: string
  readonly found?: unknown
  readonly expected?: string
}

/** Input (or something about to be sent) that breaks the protocol. `code` is stable; the message is for people. */
export class ProtocolError extends Error {
  readonly code: string
  readonly at: string | undefined
  readonly found: unknown
  readonly expected: string | undefined

  constructor(code: string, message: string, evidence: ProtocolEvidence = {}) {
    super(message)
    this.name = 'ProtocolError'
    this.code = code
    this.at = evidence.at
    this.found = evidence.found
    this.expected = evidence.expected
  }
}
