import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'
import { mustBeWebhook } from './must-be-webhook.ts'

/**
 * Queues deliveries again that have their outcome, each before what waits of its enrollment.
 *
 * @param deliveries their ids; null: all that was given up or crowded out
 * @returns how many
 * @throws AdminError `webhook-missing`; `delivery-missing` when one of the ids is unknown or still waits: then none is queued
 */
export async function redeliver(
  id: string,
  deliveries: readonly string[] | null,
  { actor, action, subject, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<number> {
  const wanted = deliveries === null ? null : [...new Set(deliveries)]
  return store.transaction(async (tx) => {
    mustBeWebhook(id, await tx.lockWebhook(id))
    const queued = await tx.queueDeliveriesAgain(id, wanted, now())
    if (wanted !== null && queued < wanted.length) {
      throw new AdminError('delivery-missing', `Cannot deliver again: ${wanted.length - queued} of them cannot be`, {
        at: '/deliveries',
        found: wanted,
        expected: 'ids of deliveries of this webhook that were delivered, given up or crowded out',
        remedy: 'look at the list of deliveries; what became of them is kept for seven days, of 10000 at most',
      })
    }
    const target = subject.replace(/\/redeliver$/, '')
    await tx.addAudit({ at: now(), actor, action, target, revision: 0, detail: { ...detail, queued } })
    return queued
  })
}
