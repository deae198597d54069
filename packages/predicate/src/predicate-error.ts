import type { Place } from './source/place.ts'

export type Stage = 'parse' | 'evaluate'

export interface PredicateEvidence {
  readonly found?: string
  readonly expected?: string
}

/** A predicate that cannot be read (`parse`) or has no answer for these values (`evaluate`). */
export class PredicateError extends Error {
  readonly code: string
  readonly stage: Stage
  readonly at: Place
  readonly found?: string
  readonly expected?: string

  constructor(stage: Stage, code: string, problem: string, at: Place, evidence: PredicateEvidence = {}) {
    super(`Cannot ${stage} predicate: ${problem}`)
    this.name = 'PredicateError'
    this.stage = stage
    this.code = code
    this.at = at
    if (evidence.found !== undefined) this.found = evidence.found
    if (evidence.expected !== undefined) this.expected = evidence.expected
  }
}
