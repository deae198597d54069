import type { Instant } from '../instant.ts'
import type { History } from './history.ts'
import type { Stage } from './stage.ts'
import type { TraceEntry } from './trace-entry.ts'

/** How it is known that this happens at all: Apple says so, it was seen with real devices, or somebody thinks so. */
export type Basis = 'documented' | 'field' | 'hypothesis'

/** How much the record says for a cause. */
export const weights = ['proven', 'likely', 'possible'] as const
export type Weight = (typeof weights)[number]

/** One observation. */
export interface Observation {
  readonly message: string
  /** What it was observed in: see TraceEntry. */
  readonly entry?: number
  readonly at?: Instant
}

/** What a cause has to say about a history. */
export interface Suspicion {
  readonly weight: Weight
  /** It explains the silence, and nothing is wrong. */
  readonly harmless?: boolean
  readonly evidence: readonly Observation[]
  /** What speaks against it. */
  readonly against?: readonly Observation[]
  /** What to capture, or to look at, to be sure; absent when it is proven. */
  readonly decides?: string
  /** More exact than the cause's own. */
  readonly remedy?: string
}

/**
 * One reason why a device is silent. `number` is its place in the documented table of causes, and orders what weighs the same.
 */
export interface Cause {
  readonly code: string
  readonly number: number
  readonly basis: Basis
  /** What happened, as a sentence. */
  readonly summary: string
  readonly remedy: string
  /** How long after something was said it may judge otherwise though nothing more was, in milliseconds; absent: it does not look at the time. */
  readonly patience?: number
  /** Null when nothing speaks for it. */
  suspect(history: History, stage: Stage): Suspicion | null
}

/** An observation in something that was said. */
export function seen(one: TraceEntry, message: string): Observation {
  return { message, entry: one.entry, at: one.at }
}
