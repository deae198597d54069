import { capabilitiesOf, recompute } from '@edict/core'
import type { Services } from '../services.ts'

const EVERY = 10 * 60_000

/**
 * Computes every cohort again from what is declared and compares it with what is stored. A difference is a bug: it is mended,
 * counted and said loudly. Then what nothing refers to any more is deleted.
 */
export async function sweep({
  store,
  metrics,
  now,
  log,
}: Pick<Services, 'store' | 'metrics' | 'now' | 'log'>): Promise<number> {
  const drifted = await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const declared = await tx.declared()
    const cohorts = await tx.cohorts()
    const hashes = cohorts.map(({ key }) => key.eligibility.capabilities).filter((hash) => hash !== null)
    const capabilities = await tx.capabilitiesByHash([...new Set(hashes)])
    const changes = cohorts.map((cohort) => recompute(cohort, declared, capabilitiesOf(cohort, capabilities), now()))
    const drift = changes.filter(({ cohort, before }) => cohort.common !== before)
    await tx.saveCohorts(drift, 'change')
    await tx.wakeCohorts(
      drift.map(({ cohort }) => cohort.id),
      now(),
    )
    return drift.map(({ cohort }) => cohort.id)
  })
  if (drifted.length > 0) {
    metrics.drift.inc(drifted.length)
    log.error({ cohorts: drifted }, 'wanted manifests differed from what is declared, and were mended')
  }
  await store.transaction((tx) => tx.collectGarbage())
  return drifted.length
}

/** Sweeps now and then until stopped. */
export function startSweep(services: Pick<Services, 'store' | 'metrics' | 'now' | 'log'>): () => void {
  const timer = setInterval(() => {
    sweep(services).catch((error: unknown) => services.log.error({ err: error }, 'sweep'))
  }, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
