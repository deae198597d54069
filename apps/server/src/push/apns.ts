import { type PushAnswer, type PushTarget, pushAgain, pushVerdict } from '@edict/core'
import type { Logger } from 'pino'
import { type Circuit, type CircuitAlarm, createCircuit } from './circuit.ts'
import { coalesced } from './coalesce.ts'
import type { Credentials } from './credentials.ts'
import { type Lane, openLane } from './lane.ts'
import type { Push, Pushed } from './push.ts'

/** Apple's own. @see https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export const APPLE_PUSH_SERVICE = 'https://api.push.apple.com'

/** After so long who is held back asks again, for an administrator may have found what was wrong. Milliseconds. */
const LONGEST_HOLD = 60_000

/** Tokens that are remembered because the service did not take a push to them. */
const MOST_TROUBLED = 50_000

export interface ApnsOptions {
  /** https://… with a push certificate, or http://… with prior knowledge and without one. */
  readonly origin: string
  /** The certificate for a topic now; null when there is none. It is asked for before every push. */
  readonly credentials: (topic: string) => Promise<Credentials | null>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
  /** A circuit opened, or closed again (null). */
  readonly onAlarm: (topic: string, alarm: CircuitAlarm | null) => void
}

/** Pushing, and what stands in its way now. */
export interface Apns extends Push {
  /** By topic. */
  readonly alarms: ReadonlyMap<string, CircuitAlarm>
}

/** What belongs to one topic. */
interface Way {
  readonly fingerprint: string | null
  readonly lane: Lane
  readonly circuit: Circuit
}

/**
 * The push service over HTTP/2: a session and a circuit for each topic. What an answer means is decided in core; here it is carried out.
 * What could not be sent within some seconds is put off, never forgotten.
 */
export function createApns({ origin, credentials, now, log, onAlarm }: ApnsOptions): Apns {
  const secure = origin.startsWith('https:')
  const ways = new Map<string, Way>()
  /** How often in a row the service did not take a push to a token. */
  const troubled = new Map<string, number>()

  const wayTo = async (topic: string): Promise<Way | null> => {
    const shown = secure ? await credentials(topic) : null
    if (secure && shown === null) return null
    const fingerprint = shown?.fingerprint ?? null
    const known = ways.get(topic)
    if (known?.fingerprint === fingerprint) return known
    // A new certificate begins anew: what was wrong with the old one may be right now.
    known?.lane.close()
    if (known !== undefined && known.circuit.alarm !== null) onAlarm(topic, null)
    const way: Way = {
      fingerprint,
      lane: openLane({ origin, credentials: shown, topic, now, log }),
      circuit: createCircuit(now, (alarm) => onAlarm(topic, alarm)),
    }
    ways.set(topic, way)
    return way
  }

  const send = async (target: PushTarget): Promise<Pushed> => {
    const startedAt = performance.now()
    for (;;) {
      const way = await wayTo(target.topic)
      if (way === null) return { kind: 'refused', reason: 'no-push-certificate' }
      const heldUntil = way.circuit.admit()
      if (heldUntil !== null) {
        return { kind: 'later', reason: 'circuit-open', at: Math.min(heldUntil, now() + LONGEST_HOLD), held: true }
      }
      const result = judge(target, way.circuit, await way.lane.post(target), performance.now() - startedAt)
      if (result.kind !== 'wait') return result
      await new Promise((resolve) => setTimeout(resolve, result.ms))
    }
  }

  const judge = (
    { token }: PushTarget,
    circuit: Circuit,
    answer: PushAnswer,
    elapsed: number,
  ): Pushed | { readonly kind: 'wait'; readonly ms: number } => {
    const verdict = pushVerdict(answer)
    switch (verdict.kind) {
      case 'accepted':
        troubled.delete(token)
        circuit.accepted(token)
        return verdict
      case 'retire':
        troubled.delete(token)
        circuit.accepted(token)
        return { kind: 'retired', reason: verdict.reason, since: verdict.since }
      case 'refused':
        circuit.refused(token, verdict.reason, verdict.cause)
        // It is none of the device's doing, so its push is kept.
        if (verdict.cause === 'certificate') return putOff(token, verdict.reason)
        return { kind: 'refused', reason: verdict.reason }
      case 'again': {
        const attempt = trouble(token)
        const again = pushAgain({ attempt, after: verdict.after, elapsed, chance: Math.random() })
        if (again.kind === 'wait') return { kind: 'wait', ms: again.ms }
        return { kind: 'later', reason: verdict.reason, at: now() + again.ms, held: false }
      }
    }
  }

  const putOff = (token: string, reason: string): Pushed => {
    const { ms } = pushAgain({ attempt: trouble(token) + 3, after: null, elapsed: 0, chance: Math.random() })
    return { kind: 'later', reason, at: now() + ms, held: false }
  }

  const trouble = (token: string): number => {
    const attempt = (troubled.get(token) ?? 0) + 1
    troubled.delete(token)
    troubled.set(token, attempt)
    const [oldest] = troubled.keys()
    if (troubled.size > MOST_TROUBLED && oldest !== undefined) troubled.delete(oldest)
    return attempt
  }

  return {
    send: coalesced(send),
    get alarms() {
      const raised = [...ways].flatMap(([topic, { circuit }]) =>
        circuit.alarm === null ? [] : [[topic, circuit.alarm] as const],
      )
      return new Map(raised)
    },
    close: async () => {
      for (const { lane } of ways.values()) lane.close()
    },
  }
}
