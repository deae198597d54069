import type { Webhook } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import { keepWebhookSecret, newWebhookSecret } from '../webhooks/webhook-secret.ts'
import type { Write } from './commit.ts'
import { mustBeWebhookUrl } from './must-be-webhook-url.ts'

/** Each is looked after by itself, all the time. */
const MOST_WEBHOOKS = 50

export interface WebhookWish {
  readonly url: string
  /** Names of types of events; null for all. */
  readonly types: readonly string[] | null
  readonly note: string
}

/**
 * Makes a webhook, and its secret, which is told this once. What was committed before is not delivered to it; whatever is from now on is.
 *
 * @throws AdminError `webhook-url-unsuitable`, `webhooks-too-many`
 */
export async function addWebhook(
  { url, types, note }: WebhookWish,
  { actor, action, detail }: Write,
  services: Pick<Services, 'store' | 'now' | 'newId' | 'escrow' | 'webhookClient'>,
): Promise<{ readonly webhook: Webhook; readonly secret: Uint8Array }> {
  const { store, now, newId } = services
  const secret = newWebhookSecret()
  const madeAt = now()
  const webhook: Webhook = {
    id: newId(),
    url: mustBeWebhookUrl(url, services),
    types,
    note,
    state: 'on',
    madeAt,
    position: await store.scan.lastEvent(),
    previousUntil: null,
    crowdedOut: 0,
    failingSince: null,
    deliveredAt: null,
  }
  await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    if ((await tx.webhooks()).length >= MOST_WEBHOOKS) {
      throw new AdminError('webhooks-too-many', `Cannot add a webhook: there are ${MOST_WEBHOOKS}`, {
        expected: `at most ${MOST_WEBHOOKS}`,
        remedy: 'remove one that is not needed any more',
      })
    }
    await tx.addWebhook(webhook)
    await keepWebhookSecret(tx, webhook.id, { present: secret, before: null }, services)
    await tx.addAudit({ at: madeAt, actor, action, target: `webhooks/${webhook.id}`, revision: 0, detail })
  })
  return { webhook, secret }
}
