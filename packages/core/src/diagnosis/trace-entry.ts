import type { DeclarationKind, DeclarationState } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import type { WireProblem } from '../wire/wire-problem.ts'

/** What one channel of one device and its server said to each other, in order. Any server's: ours keeps it, others are recorded. */
export type TraceEntry =
  | PushEntry
  | CommandEntry
  | ResultEntry
  | CheckInEntry
  | TokensEntry
  | ManifestEntry
  | DeclarationEntry
  | StatusEntry
  | AssetEntry
  | EnrollmentEntry

export type TraceKind = TraceEntry['kind']

/** What stands in everything that was said. */
interface Common {
  readonly at: Instant
  /** Position in what was recorded, from 1 on: the line of a file, or the number of an entry. */
  readonly entry: number
  /**
   * The sender did not prove to be this channel, and only claimed to: how many times since the last such entry, this one included. Absent
   * for what was believed, and in records.
   */
  readonly claimed?: number
}

/** What the server answered. */
export interface Answered {
  /** Null: no answer was recorded. */
  readonly status: number | null
  /** Octets of the body; null when it was not recorded. */
  readonly length: number | null
  /** What is wrong with the body, in the order in which it was found. */
  readonly flaws: readonly WireProblem[]
  /** How long it took, in milliseconds; absent where nobody measured. */
  readonly ms?: number
  /** Seconds of `Retry-After`, where it was said. */
  readonly retryAfter?: number
  /** Why it was refused, in the server's word. */
  readonly code?: string
  /** Octets of what was answered; absent where nobody counted. */
  readonly received?: number
}

export interface PushEntry extends Common {
  readonly kind: 'push'
  readonly accepted: boolean
  /** Why not, in the service's word. */
  readonly reason: string | null
}

/** The server gave the device a command. */
export interface CommandEntry extends Common {
  readonly kind: 'command'
  readonly uuid: string | null
  readonly requestType: string
  /** The DeclarationsToken in its Data; null without Data, undefined when it cannot be read. */
  readonly token?: string | null
  readonly flaws: readonly WireProblem[]
}

/** The device connected: with nothing to say (`Idle`), or with the result of a command. */
export interface ResultEntry extends Common {
  readonly kind: 'result'
  readonly uuid: string | null
  readonly status: 'Idle' | 'Acknowledged' | 'Error' | 'CommandFormatError' | 'NotNow'
  /** Domain and code of each error in its `ErrorChain`. */
  readonly errors?: readonly { readonly domain: string; readonly code: number }[]
  readonly answer: Answered
}

/** A check-in that is not declarative management. */
export interface CheckInEntry extends Common {
  readonly kind: 'check-in'
  readonly messageType: string
  /** As TokenUpdate says it; absent when it does not. */
  readonly awaitingConfiguration?: boolean
  readonly answer: Answered
}

export interface TokensEntry extends Common {
  readonly kind: 'tokens'
  readonly answer: Answered
  /** Undefined when the answer does not have one that can be read. */
  readonly token?: string
}

/** One declaration in a manifest. */
export interface Pair {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly serverToken: string
}

export interface ManifestEntry extends Common {
  readonly kind: 'declaration-items'
  readonly answer: Answered
  readonly token?: string
  /** Undefined when the answer cannot be read, even as it was meant. */
  readonly pairs?: readonly Pair[]
  /** What of it the manifest before did not have so; absent where that is not known. */
  readonly changes?: ManifestChanges
}

/** A manifest beside the one before it. */
export interface ManifestChanges {
  /** Declarations that the one before did not have: how many, and the first of them. */
  readonly new: NamedCount
  /** With another ServerToken. */
  readonly changed: NamedCount
  /** That only the one before had. */
  readonly gone: NamedCount
  /** How many stand in both alike. */
  readonly known: number
}

export interface NamedCount {
  readonly count: number
  /** `kind/Identifier` */
  readonly names: readonly string[]
}

export interface DeclarationEntry extends Common {
  readonly kind: 'declaration'
  /** What was asked for. */
  readonly declaration: DeclarationKind
  readonly identifier: string
  readonly answer: Answered
  /** What came. */
  readonly body?: ServedBody
  /** Token of the manifest that it was served from: the last one answered, or the one before. */
  readonly from?: string
}

export interface ServedBody {
  readonly type?: string
  readonly identifier?: string
  readonly serverToken?: string
  /** SHA-256 of Type and Payload in their canonical text, hexadecimal. */
  readonly content: string
  /** Of an activation: the configurations that it names. */
  readonly configurations?: readonly string[]
}

export interface StatusEntry extends Common {
  readonly kind: 'status'
  readonly answer: Answered
  readonly full: boolean
  /** Names of the status items at the top of the report, such as `device`, `management`. */
  readonly items: readonly string[]
  /** What it says about declarations: only of the kinds that it has, each complete. */
  readonly states: Partial<Record<DeclarationKind, readonly DeclarationState[]>> | null
  /** Types that the device says it can have; null when the report does not say. */
  readonly supported: readonly string[] | null
  /** SHA-256 of the report, hexadecimal: the same one may come again. */
  readonly content: string
  /** What became another by it; absent where nobody compared. */
  readonly changes?: ReportChanges
}

/** The device fetched what a declaration points to. */
export interface AssetEntry extends Common {
  readonly kind: 'asset'
  readonly url: string
  readonly answer: Answered
}

/** What the server came to believe of a channel by itself or by what was said: it enrolled, is enabled, left … Said to nobody. */
export interface EnrollmentEntry extends Common {
  readonly kind: 'enrollment'
  /** `enrolled`, `imported`, `left`, or what of it changed, such as `enabled`, `osVersion`, `sets`. */
  readonly what: readonly string[]
}

/** What a report changed of what is known. */
export interface ReportChanges {
  /** Status items with another value, and such as are gone; the first of them. */
  readonly items: readonly string[]
  /** Declarations of which something else is concluded; the first of them. */
  readonly conditions: readonly {
    readonly identifier: string
    readonly from: string | null
    readonly to: string | null
  }[]
}

/** What was said: all but what was only believed, and what somebody said who was not believed. */
export function wasSaid(one: TraceEntry): boolean {
  return one.kind !== 'enrollment' && one.claimed === undefined
}

/** Whether an answer came, and the device takes it. */
export function succeeded({ status }: Answered): boolean {
  return status === 200
}

/** Names one declaration in one version. */
export function pairKey({ kind, identifier, serverToken }: Pair): string {
  return JSON.stringify([kind, identifier, serverToken])
}
