import { conditionChanges, HEALTHY, settle } from '@edict/core'
import { type Channel, type KeptDiagnosis, type StoredEvent, StoreUnavailable } from '@edict/store'
import { moment } from '../admin/moment.ts'
import type { Services } from '../services.ts'
import { conditionsOf } from './conditions.ts'
import { type Look, lookAgainAt, lookAtChannel } from './look-at-channel.ts'
import { tellConditions } from './tell-conditions.ts'

/** How long a node that says nothing keeps what it took. */
const LEASE = 60_000

type Uses = Pick<Services, 'store' | 'manifests' | 'metrics' | 'now' | 'log'>

/**
 * Looks at channels whose time has come, and keeps what counts as their diagnosis; a change of it is written together with its event, and
 * conditions that changed meanwhile are told.
 * Of several nodes one looks at a channel; what a node leaves that dies is due again a minute later.
 *
 * @returns how many were due
 */
export async function diagnoseDue(services: Uses, limit: number): Promise<number> {
  const { store, metrics, now, log } = services
  const due = await store.read.dueDiagnoses(now(), limit)
  if (due.length === 0) return 0
  const until = now() + LEASE
  const taken = await store.transaction((tx) => tx.takeDiagnoses(due, now(), until))
  const looks: Look[] = []
  const gone: string[] = []
  for (const { enrollment } of taken) {
    const channel = await store.read.channel(enrollment)
    if (channel === undefined || channel.enrollment.state === 'left') {
      gone.push(enrollment)
      continue
    }
    try {
      looks.push(await lookAtChannel(channel, services))
      await tellOf(channel, services)
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error
      // One channel that cannot be looked at keeps no other waiting; it is due again when its lease is over.
      log.error({ err: error, enrollment }, 'a channel could not be diagnosed')
    }
  }
  metrics.diagnosisLooks.inc(looks.length)
  await keep(looks, gone, new Map(taken.map((one) => [one.enrollment, one])), services)
  return due.length
}

/** Tells of conditions that changed without a report: something else is wanted, was collected, or is left out. */
async function tellOf(channel: Channel, { store, manifests, now }: Uses): Promise<void> {
  const { id } = channel.enrollment
  const told = await store.read.toldConditions(id)
  const conditions = await conditionsOf(channel, store.read, manifests)
  if (told !== undefined && conditionChanges(told, conditions).length === 0) return
  await store.transaction(async (tx) => {
    const [locked] = await tx.lock([id])
    if (locked === undefined || locked.enrollment.state === 'left') return
    await tellConditions(tx, id, [await conditionsOf(locked, tx, manifests)], now())
  })
}

async function keep(
  looks: readonly Look[],
  gone: readonly string[],
  taken: ReadonlyMap<string, KeptDiagnosis>,
  { store }: Uses,
): Promise<void> {
  await store.transaction(async (tx) => {
    const ids = [...looks.map(({ enrollment }) => enrollment), ...gone].sort()
    const kept = new Map((await tx.lockDiagnoses(ids)).map((one) => [one.enrollment, one]))
    // Whoever comes late finds that another has looked since, and leaves it.
    const isOurs = (id: string) => kept.get(id)?.lookedAt === taken.get(id)?.lookedAt
    const after = looks.flatMap((look) => {
      const before = kept.get(look.enrollment)
      return before === undefined || !isOurs(look.enrollment)
        ? []
        : [{ look, before, after: settled(before, look, taken) }]
    })
    await tx.saveDiagnoses(after.map((one) => one.after))
    await tx.dropDiagnoses(gone.filter(isOurs))
    await tx.dropToldConditions(gone.filter(isOurs))
    await tx.addEvents(after.flatMap(({ look, before, after: is }) => changed(before, is, look.at)))
  })
}

/** What is kept after a look. Who was heard of meanwhile stays due for that. */
function settled(before: KeptDiagnosis, look: Look, taken: ReadonlyMap<string, KeptDiagnosis>): KeptDiagnosis {
  const standing = settle(before, look.verdict, look.at)
  const next = lookAgainAt(standing, look)
  const { enrollment, wanted, entry, at } = look
  const due = before.due === taken.get(enrollment)?.due ? next : Math.min(before.due, next)
  return { ...standing, enrollment, wanted, entry, lookedAt: at, due }
}

/** That a channel is healthy when it is first looked at is no news. */
function changed(before: KeptDiagnosis, after: KeptDiagnosis, at: number): readonly Omit<StoredEvent, 'sequence'>[] {
  const [was, is] = [before.counts?.code ?? null, after.counts]
  if (is === null || is.code === was || (was === null && is.code === HEALTHY)) return []
  const { code, stage, since } = is
  const data = { enrollment: after.enrollment, before: was, after: code, stage, since: moment(since) }
  return [{ at, type: 'diagnosis.changed', data }]
}
