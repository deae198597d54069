import type { Webhook } from '@edict/store'
import type { Services } from '../services.ts'
import { forgetWebhookSecrets } from '../webhooks/webhook-secret.ts'
import type { Write } from './commit.ts'
import { mustBeWebhook } from './must-be-webhook.ts'

/** Removes a webhook with what waits for it, its log and its secrets; gives what it was. @throws AdminError `webhook-missing` */
export async function removeWebhook(
  id: string,
  { actor, action, subject: target, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<Webhook> {
  return store.transaction(async (tx) => {
    const webhook = mustBeWebhook(id, await tx.lockWebhook(id))
    await tx.removeWebhook(id)
    await forgetWebhookSecrets(tx, id)
    await tx.addAudit({ at: now(), actor, action, target, revision: 0, detail })
    return webhook
  })
}
