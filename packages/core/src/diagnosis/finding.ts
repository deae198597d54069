/** Something to know about one message, or about what was asked. */
export interface Finding {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  /** The entry that it is about. */
  readonly entry?: number
  /** A JSON pointer into that message. */
  readonly at?: string
  readonly remedy?: string
}
