import type { Exam } from './exam.ts'
import type { Exchange } from './exchange.ts'

/** What is examined, in the order in which a device comes to it. */
export const groups = {
  enrollment: 'Enrollment',
  session: 'Command session',
  tokens: 'tokens',
  manifest: 'declaration-items',
  declarations: 'declaration/…',
  status: 'status',
  refusals: 'What is not to be taken, and what is',
  change: 'A change while a device synchronizes',
  http: 'HTTP',
} as const

export type Group = keyof typeof groups

/** `error`: a device of Apple suffers, or may. `warning`: it was not seen to suffer, and should not have to. */
export type Severity = 'error' | 'warning'

/** One thing that is not as it must be. */
export interface Flaw {
  /** What was found, as a sentence without a full stop. */
  readonly found: string
  /** Where it was seen. */
  readonly exchange?: Exchange
  /** Where it weighs less than its check. */
  readonly severity?: Severity
}

/** One thing that a server must do. `Evidence` is what its asking gives: a value, so that it can be judged without a server. */
export interface Check<Evidence = unknown> {
  readonly code: string
  readonly group: Group
  readonly severity: Severity
  /** What must be so. */
  readonly must: string
  /** Where that is written: a schema file, an article, an RFC; or `field` and who has seen it. */
  readonly source: string
  /** Throws `NotAskable` where the server gives no occasion to ask. */
  ask(exam: Exam): Promise<Evidence>
  /** What is wrong; nothing where all is well. */
  judge(evidence: Evidence): readonly Flaw[]
}
