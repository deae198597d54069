import type { Webhook } from '@edict/store'
import type { Services } from '../services.ts'
import { keepWebhookSecret, newWebhookSecret, webhookSecrets } from '../webhooks/webhook-secret.ts'
import type { Write } from './commit.ts'
import { mustBeWebhook } from './must-be-webhook.ts'

/**
 * Makes a new secret, which is told this once. The one before signs too until the overlap is over; there are never more than two.
 *
 * @param overlap milliseconds
 * @throws AdminError `webhook-missing`
 */
export async function rotateWebhookSecret(
  id: string,
  overlap: number,
  { actor, action, subject, detail }: Write,
  services: Pick<Services, 'store' | 'now' | 'escrow' | 'log'>,
): Promise<{ readonly webhook: Webhook; readonly secret: Uint8Array }> {
  const { store, now } = services
  const secret = newWebhookSecret()
  const target = subject.replace(/\/secret$/, '')
  const webhook = await store.transaction(async (tx) => {
    const before = mustBeWebhook(id, await tx.lockWebhook(id))
    const [present = null] = overlap === 0 ? [] : ((await webhookSecrets(before, tx, services)) ?? [])
    const changed = { ...before, previousUntil: present === null ? null : now() + overlap }
    await keepWebhookSecret(tx, id, { present: secret, before: present }, services)
    await tx.saveWebhook(changed)
    await tx.addAudit({ at: now(), actor, action, target, revision: 0, detail })
    return changed
  })
  return { webhook, secret }
}
