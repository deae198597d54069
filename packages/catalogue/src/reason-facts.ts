import type { ValueType } from './value-facts.ts'

/** A key that may stand in the `Details` of a reason. */
export interface ReasonDetail {
  readonly key: string
  readonly type: ValueType
  /** Text in the form of RFC 3339. */
  readonly timestamp?: true
}

/** A code by which a device says why something is as it is. */
export interface ReasonFacts {
  readonly code: string
  /** Where it is said: `declarations` (in management.declarations), or the status item that carries it. */
  readonly saidIn: readonly string[]
  readonly details: readonly ReasonDetail[]
}
