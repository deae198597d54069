import { releaseWhenOverdue } from '../operations/release.ts'
import type { Services } from '../services.ts'

type Uses = Pick<Services, 'store' | 'now' | 'newId' | 'log'>

const EVERY = 1000
const PAGE = 100

/**
 * Lets go whom a deadline has passed for, though the device says nothing: DeviceConfigured is queued and the device is pushed, in one
 * transaction that ends the deadline. Any node does it, and the next start goes on with what was left.
 *
 * @returns how many deadlines were looked at
 */
async function releaseOverdue(services: Uses): Promise<number> {
  const { store, now } = services
  const passed = await store.read.passedDeadlines(now(), PAGE)
  for (const id of passed) {
    await store.transaction(async (tx) => {
      const [channel] = await tx.lock([id])
      if (channel !== undefined) await releaseWhenOverdue(tx, channel.enrollment, services)
      await tx.endDeadlines([id])
    })
  }
  return passed.length
}

/** Looks for passed deadlines again and again until stopped; what is under way is finished first. */
export function startReleaseJob(services: Uses): () => Promise<void> {
  let working: Promise<unknown> | null = null
  const work = async (): Promise<void> => {
    try {
      while ((await releaseOverdue(services)) === PAGE);
    } catch (error) {
      services.log.error({ err: error }, 'release job')
    }
  }
  const timer = setInterval(() => {
    working ??= work().finally(() => {
      working = null
    })
  }, EVERY)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await working
  }
}
