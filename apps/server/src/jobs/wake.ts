import { type Instant, wakeTarget } from '@edict/core'
import type { Channel, Wake } from '@edict/store'
import type { Push } from '../push/push.ts'
import type { Services } from '../services.ts'

type Uses = Pick<Services, 'store' | 'metrics' | 'now' | 'log'>

const PAGE = 200
const LEASE = 60_000
/** How long it is remembered that a channel was pushed. */
const REMEMBERED = 60_000

/** The job that pushes whom a change reaches. */
export interface WakeJob {
  /** Looks now instead of at the next turn. */
  kick(): void
  stop(): Promise<void>
}

/**
 * Takes due wakes one after another: a channel's directly, a cohort's page by page, pushing those behind, paced. How far a
 * page came is kept, so that another process goes on from there; after a crash at most a page is repeated.
 */
export function startWakeJob(push: Push, rate: number, services: Uses): WakeJob {
  let running = true
  let timer: NodeJS.Timeout | undefined
  let wakeUp: (() => void) | undefined
  const pace = pacer(rate)
  const recent = new Map<string, Instant>()

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      wakeUp = resolve
      timer = setTimeout(resolve, ms)
    })

  const loop = async () => {
    while (running) {
      try {
        const wake = await services.store.transaction((tx) => tx.takeWake(services.now(), services.now() + LEASE))
        if (wake === null) await rest(500)
        else await run(wake)
      } catch (error) {
        services.log.error({ err: error }, 'wake job')
        await rest(1_000)
      }
      clearTimeout(timer)
    }
  }

  const run = async (wake: Wake) => {
    if (wake.channel !== null) {
      const channel = await services.store.read.channel(wake.channel)
      if (channel !== undefined) await pushAll([channel], wake)
    } else if (wake.cohort !== null && !(await runCohort(wake, wake.cohort))) return
    await services.store.transaction((tx) => tx.finishWake(wake))
  }

  /** Whether it came to the end; otherwise another process goes on from the kept cursor. */
  const runCohort = async (wake: Wake, cohort: string): Promise<boolean> => {
    let { cursor } = wake
    while (running) {
      const from = cursor
      const page = await services.store.transaction((tx) => tx.cohortPage(cohort, from, PAGE))
      await pushAll(page, wake)
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return true
      cursor = last.enrollment.id
      const to = cursor
      await services.store.transaction((tx) => tx.advanceWake(wake, to, services.now() + LEASE))
    }
    return false
  }

  const pushAll = async (channels: readonly Channel[], wake: Wake) => {
    forgetOld(recent, services.now() - REMEMBERED)
    const sent = await Promise.all(channels.map((channel) => pushOne(channel, wake)))
    const events = sent.filter((event) => event !== null)
    if (events.length > 0) await services.store.transaction((tx) => tx.addEvents(events))
  }

  const pushOne = async ({ enrollment, common }: Channel, { always, due }: Wake) => {
    const { id } = enrollment
    const now = services.now()
    const to = always && enrollment.state === 'enrolled' ? enrollment.push : wakeTarget(enrollment, common, now)
    // A push that left after this wake was due brings the device to what the wake is about.
    if (to === null || (!always && (recent.get(id) ?? 0) >= due)) return null
    recent.delete(id)
    recent.set(id, now)
    await pace()
    const result = await push.send(to)
    services.metrics.pushes.inc({ result: result.accepted ? 'accepted' : (result.reason ?? 'failed') })
    return { at: now, type: 'wake.sent', data: { enrollment: id, accepted: result.accepted, reason: result.reason } }
  }

  const done = loop()
  return {
    kick: () => wakeUp?.(),
    stop: async () => {
      running = false
      wakeUp?.()
      await done
    },
  }
}

function forgetOld(recent: Map<string, Instant>, before: Instant): void {
  for (const [id, at] of recent) {
    if (at >= before) return
    recent.delete(id)
  }
}

/** Resolves at most `rate` times a second. */
function pacer(rate: number): () => Promise<void> {
  const interval = 1000 / rate
  let next = 0
  return async () => {
    const now = performance.now()
    next = Math.max(next + interval, now)
    if (next - now > 5) await new Promise((resolve) => setTimeout(resolve, next - now))
  }
}
