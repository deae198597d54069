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

/** The job that pushes whom a change reaches. */
export interface WakeJob {
  /** Wakes were committed: they are looked for as soon as they are due. */
  kick(): void
  stop(): Promise<void>
}

/**
 * Takes due wakes in batches: those of channels, and at most one cohort's, which is paged. A channel is pushed once a batch:
 * all that a batch holds was committed before its first push. How far a page came is kept, so that another process goes on
 * from there; after a crash at most a page is repeated.
 */
export function startWakeJob(push: Push, rate: number, services: Uses): WakeJob {
  let running = true
  let rouse: (() => void) | undefined
  const pace = pacer(rate)

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, running ? IDLE : 0)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const loop = async () => {
    while (running) {
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
    await pushAll(
      channels.filter((channel) => channel !== undefined),
      pushed,
      (id) => always.has(id),
    )
    await services.store.transaction(async (tx) => {
      for (const wake of ofChannels) await tx.finishWake(wake)
    })
    for (const wake of batch) {
      if (wake.cohort !== null && (await runCohort(wake, wake.cohort, pushed))) {
        await services.store.transaction((tx) => tx.finishWake(wake))
      }
    }
  }

  /** Whether it came to the end; otherwise whoever takes it next goes on from the kept cursor. */
  const runCohort = async (wake: Wake, cohort: string, pushed: Set<string>): Promise<boolean> => {
    let { cursor } = wake
    while (running) {
      const from = cursor
      const page = await services.store.transaction((tx) => tx.cohortPage(cohort, from, PAGE))
      await pushAll(page, pushed, () => false)
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return true
      const to = last.enrollment.id
      cursor = to
      await services.store.transaction((tx) => tx.advanceWake(wake, to, services.now() + LEASE))
    }
    return false
  }

  const pushAll = async (channels: readonly Channel[], pushed: Set<string>, always: (id: string) => boolean) => {
    const sent = await Promise.all(
      channels.map(async ({ enrollment, common }) => {
        const { id, state } = enrollment
        const now = services.now()
        const to = always(id) && state === 'enrolled' ? enrollment.push : wakeTarget(enrollment, common, now)
        if (to === null || pushed.has(id)) return null
        pushed.add(id)
        await pace()
        const { accepted, reason } = await push.send(to)
        services.metrics.pushes.inc({ result: accepted ? 'accepted' : (reason ?? 'failed') })
        return { at: now, type: 'wake.sent', data: { enrollment: id, accepted, reason } }
      }),
    )
    const events = sent.filter((event) => event !== null)
    if (events.length > 0) await services.store.transaction((tx) => tx.addEvents(events))
  }

  const done = loop()
  return {
    kick: () => {
      rouse?.()
      setTimeout(() => rouse?.(), services.settings.wakeWindow + 5).unref()
    },
    stop: async () => {
      running = false
      rouse?.()
      await done
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
