import { wakeTarget } from '@edict/core'
import type { Channel, Wake } from '@edict/store'
import { keepPushed, type Sent } from '../push/keep-pushed.ts'
import type { Push } from '../push/push.ts'
import type { Services } from '../services.ts'
import { pacer } from './pacer.ts'

type Uses = Pick<Services, 'store' | 'metrics' | 'now' | 'log' | 'settings' | 'tracer'>

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
    const whom = new Map(ofChannels.map((wake) => [wake.channel, wake]))
    const { left, sent } = await pushAll(
      channels.filter((channel) => channel !== undefined),
      pushed,
      (id) => whom.get(id),
    )
    await keepPushed(sent, services)
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
      const { left, sent } = await pushAll(page, pushed, () => undefined)
      const heldUntil = heldTogether(sent)
      if (heldUntil !== null && left.size === 0) {
        // Nobody of the page was sent anything, and nobody of the next would be: the wake itself waits where it is.
        await services.store.transaction((tx) => tx.advanceWake(wake, from, heldUntil))
        return
      }
      await keepPushed(sent, services)
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

  /**
   * Pushes those that a wake is for; a wake of their own may say more than that of a cohort. Gives what became of it, and the ids of
   * those that a stop came before.
   */
  const pushAll = async (
    channels: readonly Channel[],
    pushed: Set<string>,
    own: (id: string) => Pick<Wake, 'always' | 'unseenSince'> | undefined,
  ) => {
    const left = new Set<string>()
    const givenUp = new Promise<null>((resolve) => {
      giveUp = () => resolve(null)
    })
    const sent = await Promise.all(
      channels.map(async ({ enrollment, common }): Promise<Sent | null> => {
        const { id, state, lastSeenAt } = enrollment
        const { always = false, unseenSince = null } = own(id) ?? {}
        const at = services.now()
        const target = always && state === 'enrolled' ? enrollment.push : wakeTarget(enrollment, common, at)
        if (target === null || pushed.has(id)) return null
        if (unseenSince !== null && lastSeenAt !== null && lastSeenAt > unseenSince) return null
        pushed.add(id)
        const result = (await pace()) ? await Promise.race([push.send(target), givenUp]) : null
        if (result === null) {
          left.add(id)
          return null
        }
        return { enrollment, target, always, repeated: unseenSince !== null, at, result }
      }),
    )
    return { left, sent: sent.filter((one) => one !== null) }
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

/** When all of these pushes are held back until; null when some are not, or there are none. */
function heldTogether(sent: readonly Sent[]): number | null {
  const until = sent.map(({ result }) => (result.kind === 'later' && result.held ? result.at : Number.NaN))
  const earliest = Math.min(...until)
  return sent.length === 0 || Number.isNaN(earliest) ? null : earliest
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
