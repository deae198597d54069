import type { Json } from '@edict/protocol'

export interface ControlEvidence {
  readonly at?: string | undefined
  readonly found?: Json | undefined
  readonly expected?: string | undefined
}

/** A request that the control door does not carry out: the answer's status, and what its body says. */
export class ControlError extends Error {
  readonly status: number
  readonly code: string
  readonly evidence: ControlEvidence

  constructor(status: number, code: string, message: string, evidence: ControlEvidence = {}) {
    super(message)
    this.name = 'ControlError'
    this.status = status
    this.code = code
    this.evidence = evidence
  }
}
