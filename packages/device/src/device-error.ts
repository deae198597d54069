export interface DeviceEvidence {
  readonly at?: string
  readonly found?: unknown
  readonly expected?: string
}

/** Something asked of a device that it cannot do, or a server that refuses it. `code` is stable. */
export class DeviceError extends Error {
  readonly code: string
  readonly at: string | undefined
  readonly found: unknown
  readonly expected: string | undefined

  constructor(code: string, message: string, evidence: DeviceEvidence = {}) {
    super(message)
    this.name = 'DeviceError'
    this.code = code
    this.at = evidence.at
    this.found = evidence.found
    this.expected = evidence.expected
  }
}
