import { type Enrollment, type PushTarget, secondPushAt, withoutToken } from '@edict/core'
import type { StoredEvent, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import type { Pushed } from './push.ts'

/** A push, and what became of it. */
export interface Sent {
  readonly enrollment: Enrollment
  readonly target: PushTarget
  /** It went whether or not the channel was behind. */
  readonly always: boolean
  /** It went because the channel was not seen after one before. */
  readonly repeated: boolean
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly result: Pushed
}

type Event = Omit<StoredEvent, 'sequence'>

/**
 * Keeps what pushes have led to: what is to be sent later becomes a wake that is due then, a token that has gone is retired, and who has
 * just enrolled and does not come is pushed once more.
 */
export async function keepPushed(
  sent: readonly Sent[],
  { store, metrics, settings, tracer }: Pick<Services, 'store' | 'metrics' | 'settings' | 'tracer'>,
) {
  for (const { result } of sent) {
    metrics.pushes.inc({ result: result.kind === 'accepted' ? 'accepted' : result.reason })
  }
  for (const { enrollment, at, result } of sent) {
    const reason = result.kind === 'accepted' ? null : result.reason
    tracer.add({ kind: 'push', enrollment: enrollment.id, at, accepted: reason === null, reason })
  }
  if (sent.length === 0) return
  await store.transaction(async (tx) => {
    const changed = await retire(tx, sent)
    for (const { enrollment, always, repeated, at, result } of sent) {
      const { id, enrolledAt } = enrollment
      if (result.kind === 'later') await tx.wakeChannels([id], result.at, always ? 'always' : 'behind')
      const second = result.kind === 'accepted' && !repeated ? secondPushAt(enrollment, settings.secondPush, at) : null
      if (second !== null && enrolledAt !== null) await tx.wakeUnseen([id], second, enrolledAt, 'behind')
    }
    const told = sent.filter(({ result }) => result.kind !== 'later' || !result.held).map(wakeSent)
    await tx.addEvents([...told, ...changed])
  })
}

async function retire(tx: Transaction, sent: readonly Sent[]): Promise<readonly Event[]> {
  const gone = new Map(
    sent.flatMap(({ enrollment, target, at, result }) =>
      result.kind === 'retired' ? [[enrollment.id, { token: target.token, since: result.since, sentAt: at }]] : [],
    ),
  )
  if (gone.size === 0) return []
  const retired = (await tx.lock([...gone.keys()])).flatMap(({ enrollment }) => {
    const what = gone.get(enrollment.id)
    const after = what === undefined ? enrollment : withoutToken(enrollment, what)
    return after === enrollment ? [] : [after]
  })
  await tx.saveEnrollments(retired)
  return retired.map(({ id }) => ({
    at: gone.get(id)?.sentAt ?? 0,
    type: 'enrollment.changed',
    data: { enrollment: id, what: ['push'] },
  }))
}

function wakeSent({ enrollment, at, result }: Sent): Event {
  const accepted = result.kind === 'accepted'
  return {
    at,
    type: 'wake.sent',
    data: { enrollment: enrollment.id, accepted, reason: accepted ? null : result.reason },
  }
}
