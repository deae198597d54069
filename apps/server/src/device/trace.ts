import type { Answered, TraceEntry } from '@edict/core'
import type { ProofKind } from '../identity/proven.ts'

/** What is noted of one request of a device: in one line of the log, and in the trace of its channel. */
export interface Trace {
  endpoint: string
  enrollment: string | null
  /** How the sender proved to hold a certificate, and the certificate's fingerprint; null before it did. */
  proof: ProofKind | null
  certificate: string | null
  /** What was said; null before the message is read. */
  said: Heard | null
  /** The command that is given with the answer. */
  command: Given | null
}

type Asked = Extract<TraceEntry, { readonly answer: Answered }>

type Unanswered<E> = E extends Asked ? Omit<E, 'at' | 'entry' | 'answer'> : never

/** What a device said, before it is answered. */
export type Heard = Unanswered<TraceEntry>

/** A command on its way. */
export type Given = Omit<Extract<TraceEntry, { readonly kind: 'command' }>, 'at' | 'entry' | 'kind' | 'flaws'>

export function newTrace(): Trace {
  return {
    endpoint: 'unread',
    enrollment: null,
    proof: null,
    certificate: null,
    said: null,
    command: null,
  }
}
