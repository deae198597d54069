import type { Answered } from '@edict/core'
import {
  type CheckIn,
  type ConnectMessage,
  decodeCheckIn,
  decodeConnect,
  enrollmentIdentity,
  ProtocolError,
} from '@edict/protocol'
import type { Store } from '@edict/store'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Heard } from '../device/trace.ts'
import { heardOf } from './heard-of.ts'
import type { Tracer } from './tracer.ts'

/** The same refusal of the same channel leaves one entry in this time, in milliseconds, which says how many there were. */
const ONCE_IN = 60_000
/** So many are looked at in a second: a stranger must not make work. */
const A_SECOND = 20
/** Channels that are remembered. */
const MOST = 10_000
/** No message that says who somebody is has to be longer, in octets. */
const LONGEST = 64 * 1024

/** Keeps what somebody said who was not believed, with the channel that the message claims to come from, if there is such a one. */
export interface Claims {
  /** @param body as it came; `answer` why it was refused */
  note(body: Uint8Array, answer: Answered): void
}

type Uses = {
  readonly store: Pick<Store, 'read'>
  readonly tracer: Tracer
  readonly now: () => number
  readonly log: Logger
}

export function createClaims({ store, tracer, now, log }: Uses): Claims {
  const last = new LRUCache<string, { at: number; times: number }>({ max: MOST })
  let second = 0
  let looked = 0
  const keep = async (body: Uint8Array, answer: Answered): Promise<void> => {
    const claim = claimIn(body)
    if (claim === null) return
    const { id, said } = claim
    const at = now()
    const key = `${answer.code} ${id}`
    const before = last.get(key)
    if (before !== undefined && at - before.at < ONCE_IN) {
      before.times += 1
      return
    }
    last.set(key, { at, times: 0 })
    if ((await store.read.channel(id)) === undefined) return
    tracer.add({ ...said, enrollment: id, at, answer, claimed: (before?.times ?? 0) + 1 })
  }
  return {
    note: (body, answer) => {
      const present = Math.floor(now() / 1000)
      looked = present === second ? looked + 1 : 1
      second = present
      if (looked > A_SECOND || body.length > LONGEST) return
      keep(body, answer).catch((error: unknown) => log.warn({ err: error }, 'claim'))
    },
  }
}

/** Whom a message claims to come from, and what it says; null where it says no such thing. */
function claimIn(body: Uint8Array): { readonly id: string; readonly said: Heard } | null {
  const message = attempt(() => decodeCheckIn(body)) ?? attempt(() => decodeConnect(body))
  if (message === undefined) return null
  const identity = attempt(() => enrollmentIdentity(message))
  return identity === undefined ? null : { id: identity.id, said: saidIn(message) }
}

function saidIn(message: CheckIn | ConnectMessage): Heard {
  if ('MessageType' in message) return heardOf(message)
  const uuid = message.Status === 'Idle' ? null : message.CommandUUID
  return { kind: 'result', uuid, status: message.Status }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}
