import type { StoredEvent, Webhook } from '@edict/store'
import type { Services } from '../services.ts'
import { deliveryId } from './delivery-message.ts'

type Uses = Pick<Services, 'store' | 'now' | 'newId'>

/** Events that are looked at in one transaction. */
const PAGE = 500

/**
 * Queues what happened since the last event that was looked at for a webhook. The events were written with the changes, and stay until this
 * has looked at them; how far it has come is written with what it queues, so nothing is missed and nothing comes twice.
 *
 * @param seen up to where a look before found nothing to queue; 0: nothing is known
 * @returns the sequence of the last event that was looked at, and whether there may be more, also because somebody else was faster
 */
export async function takeEvents(
  { id, position, types }: Webhook,
  seen: number,
  services: Uses,
): Promise<{ readonly seen: number; readonly more: boolean; readonly queued: number }> {
  const { store, now, newId } = services
  const from = Math.max(position, seen)
  const events = await store.scan.events(from, PAGE)
  const last = events.at(-1)?.sequence ?? from
  const more = events.length === PAGE
  const wanted = events.filter(({ type }) => types === null || types.includes(type))
  // Where nothing is to be queued, it is enough to note now and then that the events may go.
  if (wanted.length === 0 && last - position < PAGE) return { seen: last, more, queued: 0 }
  const done = await store.transaction(async (tx) => {
    const webhook = await tx.lockWebhook(id)
    if (webhook?.state !== 'on' || webhook.position !== position) return false
    await tx.queueDeliveries(id, wanted.map(deliveryOf), now())
    await tx.saveWebhook({ ...webhook, position: last })
    return true
  })
  return done ? { seen: last, more, queued: wanted.length } : { seen: 0, more: true, queued: 0 }

  function deliveryOf({ sequence, at, type, data }: StoredEvent) {
    const enrollment = typeof data.enrollment === 'string' ? data.enrollment : null
    return { id: deliveryId(newId), event: sequence, enrollment, type, at, data }
  }
}

/** Queues everything that happened so far, before a webhook is switched off: what happened while it was on is delivered. */
export async function takeAllEvents(id: string, services: Uses): Promise<void> {
  for (;;) {
    const webhook = await services.store.read.webhook(id)
    if (webhook?.state !== 'on') return
    if (!(await takeEvents(webhook, 0, services)).more) return
  }
}

/** Makes room when too many wait: what would be delivered latest is not more worth than the newest, so the oldest goes. */
export async function makeRoom(
  id: string,
  services: Pick<Services, 'store' | 'now' | 'metrics' | 'log' | 'webhookBacklog'>,
): Promise<void> {
  const { store, now, metrics, log, webhookBacklog } = services
  const count = await store.transaction(async (tx) => {
    const webhook = await tx.lockWebhook(id)
    if (webhook === undefined) return 0
    const crowdedOut = await tx.crowdOutDeliveries(id, webhookBacklog, now())
    if (crowdedOut > 0) await tx.saveWebhook({ ...webhook, crowdedOut: webhook.crowdedOut + crowdedOut })
    return crowdedOut
  })
  if (count === 0) return
  metrics.webhookLost.inc({ reason: 'crowded-out' }, count)
  log.error(
    { webhook: id, count, most: webhookBacklog },
    'too many deliveries waited for a webhook: the oldest were given up',
  )
}
