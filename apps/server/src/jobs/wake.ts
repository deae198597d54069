import { wakeTarget } from '@edict/core'
import type { Channel, Wake } from '@edict/store'
import type { Push } from '../push/push.ts'
import type { Services } from '../services.ts'
import { pacer } from './pacer.ts'

type Uses = Pick<Services, 'store' | 'metrics' | 'now' | 'log' | 'settings'>

const PAGE = 200
const BATCH = 500
/** How long a node that says nothing keeps what it took. */
const LEASE = 15_000
const IDLE = 1_000
/** How long a stop waits for the answers of a push service. */
const GRACE = 1_000

/** The job that pushes whom a change reaches. */
export interface WakeJob {
  /** Wakes were committed: they are looked for as soon as they are due. */
  kick(): void
  /** Pushes nobody any more and gives back what is left, so that the next node goes on at once. */
  stop(): Promise<void>
}

/**
 * Takes due wakes in batches: those of channels, and at most one cohort's, which is paged. A channel is pushed once a batch:
 * all that a batch holds was committed before its first push. How far a page came is kept, so that another process goes on
 * from there; after a crash at most a page is repeated.
 */
export function startWakeJob(push: Push, rate: number, services: Uses): WakeJob {
  const halt = new AbortController()
  let rouse: (() => void) | undefined
  let giveUp: (() => void) | undefined
  const pace = pacer(rate, halt.signal)

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, halt.signal.aborted ? 0 : IDLE)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const loop = async () => {
    while (!halt.signal.aborted) {
      try {
        const batch = await takeBatch(services)
        if (batch.length === 0) await rest()
        else await run(batch)
      } catch (error) {
        services.log.error({ err: error }, 'wake job')
        await rest()
      }
    }
  }

  const run = async (batch: readonly Wake[]) => {
    const pushed = new Set<string>()
    const ofChannels = batch.filter(({ channel }) => channel !== null)
    const channels = await Promise.all(ofChannels.map(({ channel }) => services.store.read.channel(channel ?? '')))
    const always = new Set(ofChannels.flatMap((wake) => (wake.always ? [wake.channel] : [])))
    const left = await pushAll(
      channels.filter((channel) => channel !== undefined),
      pushed,
      (id) => always.has(id),
    )
    await services.store.transaction(async (tx) => {
      for (const wake of ofChannels) await (left.has(wake.channel ?? '') ? tx.giveBackWake(wake) : tx.finishWake(wake))
    })
    for (const wake of batch) {
      if (wake.cohort !== null) await runCohort(wake, wake.cohort, pushed)
    }
  }

  /** Pushes a cohort page by page, from the cursor on; what a stop leaves is given back. */
  const runCohort = async (taken: Wake, cohort: string, pushed: Set<string>) => {
    let wake = taken
    while (!halt.signal.aborted) {
      const from = wake.cursor
      const page = await services.store.transaction((tx) => tx.cohortPage(cohort, from, PAGE))
      const left = await pushAll(page, pushed, () => false)
      const whole = page.findIndex(({ enrollment }) => left.has(enrollment.id))
      const last = (whole === -1 ? page : page.slice(0, whole)).at(-1)
      if (whole === -1 && page.length < PAGE) {
        await services.store.transaction((tx) => tx.finishWake(wake))
        return
      }
      const to = { ...wake, cursor: last?.enrollment.id ?? from, leasedUntil: services.now() + LEASE }
      await services.store.transaction((tx) => tx.advanceWake(wake, to.cursor, to.leasedUntil))
      wake = to
    }
    await services.store.transaction((tx) => tx.giveBackWake(wake))
  }

  /** Gives the ids of those that a stop came before. */
  const pushAll = async (channels: readonly Channel[], pushed: Set<string>, always: (id: string) => boolean) => {
    const left = new Set<string>()
    const givenUp = new Promise<null>((resolve) => {
      giveUp = () => resolve(null)
    })
    const sent = await Promise.all(
      channels.map(async ({ enrollment, common }) => {
        const { id, state } = enrollment
        const now = services.now()
        const to = always(id) && state === 'enrolled' ? enrollment.push : wakeTarget(enrollment, common, now)
        if (to === null || pushed.has(id)) return null
        pushed.add(id)
        const result = (await pace()) ? await Promise.race([push.send(to), givenUp]) : null
        if (result === null) {
          left.add(id)
          return null
        }
        const { accepted, reason } = result
        services.metrics.pushes.inc({ result: accepted ? 'accepted' : (reason ?? 'failed') })
        return { at: now, type: 'wake.sent', data: { enrollment: id, accepted, reason } }
      }),
    )
    const events = sent.filter((event) => event !== null)
    if (events.length > 0) await services.store.transaction((tx) => tx.addEvents(events))
    return left
  }

  const done = loop()
  return {
    kick: () => {
      rouse?.()
      setTimeout(() => rouse?.(), services.settings.wakeWindow + 5).unref()
    },
    stop: async () => {
      halt.abort()
      rouse?.()
      const late = setTimeout(() => giveUp?.(), GRACE)
      await done
      clearTimeout(late)
    },
  }
}

/** Due wakes for this node: channels up to a limit, ended by the first cohort. */
async function takeBatch({ store, now }: Pick<Services, 'store' | 'now'>): Promise<readonly Wake[]> {
  return store.transaction(async (tx) => {
    const batch: Wake[] = []
    while (batch.length < BATCH) {
      const wake = await tx.takeWake(now(), now() + LEASE)
      if (wake === null) break
      batch.push(wake)
      if (wake.cohort !== null) break
    }
    return batch
  })
}
