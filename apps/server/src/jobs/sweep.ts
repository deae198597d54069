import { capabilitiesOf, recompute } from '@edict/core'
import type { Channel, Transaction } from '@edict/store'
import { planPlacement, savePlacement } from '../operations/place-channels.ts'
import type { Services } from '../services.ts'

const EVERY = 10 * 60_000
const PAGE = 500

/** How long what was said is kept. */
const TRACED = 30 * 86_400_000

type Uses = Pick<Services, 'store' | 'metrics' | 'now' | 'log'>

/**
 * Computes what every cohort and every channel should hold again from what is declared, and compares it with what is stored. A
 * difference is a bug: it is mended, counted and said loudly. Then what nothing refers to any more is deleted, and what was said
 * long ago.
 *
 * @returns the ids of cohorts and channels that differed
 */
export async function sweep(services: Uses): Promise<readonly string[]> {
  const { store, metrics, log, now } = services
  const drifted = [...(await sweepCohorts(services)), ...(await sweepChannels(services))]
  if (drifted.length > 0) {
    metrics.drift.inc(drifted.length)
    log.error(
      { drifted: drifted.slice(0, 100), count: drifted.length },
      'what was stored as wanted differed from what is declared, and was mended',
    )
  }
  await store.transaction((tx) => tx.collectGarbage())
  await store.transaction((tx) => tx.forgetTrace(now() - TRACED))
  return drifted
}

async function sweepCohorts({ store, now }: Uses): Promise<readonly string[]> {
  return store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const declared = await tx.declared()
    const cohorts = await tx.cohorts()
    const hashes = cohorts.map(({ key }) => key.eligibility.capabilities).filter((hash) => hash !== null)
    const capabilities = await tx.capabilitiesByHash([...new Set(hashes)])
    const changes = cohorts.map((cohort) => recompute(cohort, declared, capabilitiesOf(cohort, capabilities), now()))
    const drift = changes.filter(({ cohort, before }) => cohort.common !== before)
    const ids = drift.map(({ cohort }) => cohort.id)
    await tx.saveCohorts(drift, 'change')
    await tx.wakeCohorts(ids, now())
    return ids
  })
}

async function sweepChannels({ store, now }: Uses): Promise<readonly string[]> {
  const drifted: string[] = []
  let cursor: string | null = null
  do {
    const page: { readonly items: readonly Channel[]; readonly next: string | null } = await store.scan.channels(
      cursor,
      PAGE,
    )
    const ids = page.items.map(({ enrollment }) => enrollment.id)
    drifted.push(...(await store.transaction((tx) => sweepPage(tx, ids, now()))))
    cursor = page.next
  } while (cursor !== null)
  return drifted
}

async function sweepPage(tx: Transaction, ids: readonly string[], now: number): Promise<readonly string[]> {
  await tx.lockRevision('share')
  const channels = await tx.lock(ids)
  const placement = await planPlacement(
    tx,
    channels.map((channel) => ({ before: channel, after: channel.enrollment })),
    now,
  )
  const stored = new Map(channels.map(({ enrollment }) => [enrollment.id, enrollment]))
  const drift = placement.enrollments.filter(({ id, cohort, own, particulars }) => {
    const is = stored.get(id)
    return is?.cohort !== cohort || is.own !== own || is.particulars !== particulars
  })
  if (drift.length === 0) return []
  await savePlacement(tx, { ...placement, enrollments: drift })
  const drifted = drift.map(({ id }) => id)
  await tx.wakeChannels(drifted, now)
  return drifted
}

/** Sweeps now and then until stopped. */
export function startSweep(services: Uses): () => void {
  const timer = setInterval(() => {
    sweep(services).catch((error: unknown) => services.log.error({ err: error }, 'sweep'))
  }, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
