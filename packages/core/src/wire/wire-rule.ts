import type { JsonKind, JsonMessage, Message, MessageKind, PlistKind, PlistMessage } from './message.ts'
import type { WireCode } from './wire-problem.ts'

/** What every check says of itself; the table of all checks is made of it. */
export interface WireRule {
  readonly code: WireCode
  readonly severity: 'error' | 'warning'
  /** What it finds, as the subject of a sentence: "a Timestamp with a fraction". */
  readonly finds: string
}

/** A check of octets, before they are read. What it finds makes reading pointless, unless it is a warning. */
export interface BodyRule extends WireRule {
  readonly check: (bytes: Uint8Array, kind: MessageKind | undefined) => readonly Flaw[]
}

/** A check of JSON. */
export interface JsonRule extends WireRule {
  readonly kinds: readonly JsonKind[]
  readonly check: (message: JsonMessage) => readonly Flaw[]
}

/** A check of a property list. */
export interface PlistRule extends WireRule {
  readonly plists: readonly PlistKind[]
  readonly check: (message: PlistMessage) => readonly Flaw[]
}

/** A check of the shape that any message has. */
export interface ShapeRule extends WireRule {
  readonly shape: true
  readonly check: (message: Message) => readonly Flaw[]
}

/** As many flaws as are told of one kind in one message: whoever wrote the rest made the same mistake. */
export const MOST_FLAWS = 100

/** One thing that a check found. */
export interface Flaw {
  /** JSON pointer; '' for the whole. What does not exist is shown at what should hold it. */
  readonly at: string
  /** Show it at the key and not at the value. */
  readonly atKey?: true
  readonly message: string
  readonly found?: unknown
  readonly expected?: string
  readonly remedy?: string
  /** Where it is not that of the rule. */
  readonly severity?: 'warning'
}
