import type { Services } from '../services.ts'
import { type Courier, startCourier } from '../webhooks/courier.ts'

type Uses = Parameters<typeof startCourier>[2] & Pick<Services, 'store' | 'log'>

/** How often webhooks that no node has are looked for, in milliseconds. */
const EVERY = 1_000
const FORGET_EVERY = 60_000
/** How long what became of deliveries is kept, in milliseconds, and of how many of each webhook. */
const KEPT_FOR = 7 * 86_400_000
const KEPT = 10_000

/** The job that delivers events to webhooks. */
export interface WebhookJob {
  /** Events were committed. */
  kick(): void
  stop(): Promise<void>
}

/** A courier for each webhook that no other node has one for. */
export function startWebhookJob(services: Uses): WebhookJob {
  const { store, now, log } = services
  const holder = services.newId()
  const couriers = new Map<string, Courier>()
  let working: Promise<void> | null = null
  let stopped = false

  const look = async (): Promise<void> => {
    for (const { id, state } of await store.read.webhooks()) {
      if (stopped || state !== 'on' || couriers.has(id)) continue
      const courier = startCourier(id, holder, services)
      couriers.set(id, courier)
      void courier.done.then(() => couriers.delete(id))
    }
  }
  const forget = async (): Promise<void> => {
    for (const id of [...couriers.keys()])
      await store.transaction((tx) => tx.forgetDeliveries(id, now() - KEPT_FOR, KEPT))
  }
  const failed = (error: unknown) => log.error({ err: error }, 'webhook job')
  const again = (): void => {
    working ??= look()
      .catch(failed)
      .finally(() => {
        working = null
      })
  }
  again()
  const timers = [setInterval(again, EVERY), setInterval(() => void forget().catch(failed), FORGET_EVERY)]
  for (const timer of timers) timer.unref()
  return {
    kick: () => {
      for (const courier of couriers.values()) courier.kick()
    },
    stop: async () => {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      await working
      await Promise.all([...couriers.values()].map((courier) => courier.stop()))
    },
  }
}
