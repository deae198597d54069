import { setTimeout as delay } from 'node:timers/promises'
import { diagnoseDue } from '../operations/diagnose-due.ts'
import { diagnoseUnlooked } from '../operations/diagnose-unlooked.ts'
import type { Services } from '../services.ts'

/** Channels that are looked at in one go; and how long nothing is looked for when nothing was due. */
const PAGE = 25
const IDLE = 1_000
/** Of the time, a third is for this at most: devices come first. */
const REST = 2

/** Channels that the round goes through in one go, and how often. */
const ROUND_PAGE = 2_000
const ROUND_EVERY = 10_000

type Uses = Pick<Services, 'store' | 'manifests' | 'metrics' | 'now' | 'log'>

/**
 * Keeps the diagnoses of all channels until stopped: those are looked at that said something, or for whom time has passed that matters. A
 * slow round finds whom nobody told of. What is under way is finished first.
 */
export function startDiagnosing(services: Uses): () => Promise<void> {
  const halt = new AbortController()
  const { signal } = halt
  const rest = (ms: number) => delay(ms, undefined, { signal, ref: false }).catch(() => undefined)
  const again = async (name: string, work: () => Promise<number>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await rest(await work())
      } catch (error) {
        services.log.error({ err: error }, name)
        await rest(ROUND_EVERY)
      }
    }
  }
  const looking = again('diagnoses', async () => {
    const began = performance.now()
    const due = await diagnoseDue(services, PAGE)
    return due < PAGE ? IDLE : REST * (performance.now() - began)
  })
  const going = again('round of diagnoses', async () => {
    await diagnoseUnlooked(services, ROUND_PAGE)
    return ROUND_EVERY
  })
  return async () => {
    halt.abort()
    await Promise.all([looking, going])
  }
}
