import { deliveryVerdict } from '@edict/core'
import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import { deliveryId, deliveryMessage } from '../webhooks/delivery-message.ts'
import type { WebhookAnswer } from '../webhooks/webhook-client.ts'
import { webhookSecrets } from '../webhooks/webhook-secret.ts'
import type { Write } from './commit.ts'
import { mustBeWebhook } from './must-be-webhook.ts'

export interface WebhookTested {
  readonly id: string
  readonly delivered: boolean
  readonly answer: WebhookAnswer
}

/**
 * Delivers one event of type `webhook.test`, once and at once, beside all that waits; also to a webhook that is off. Nothing follows from
 * what is answered.
 *
 * @throws AdminError `webhook-missing`, `secret-unopened`
 */
export async function testWebhook(
  id: string,
  { actor, action, subject, detail }: Write,
  services: Pick<Services, 'store' | 'now' | 'newId' | 'escrow' | 'log' | 'webhookClient' | 'stopping'>,
): Promise<WebhookTested> {
  const { store, now, newId, webhookClient, stopping } = services
  const webhook = mustBeWebhook(id, await store.read.webhook(id))
  const secrets = await webhookSecrets(webhook, store.read, services)
  if (secrets === null) {
    const remedy = 'start the server with the master key that it was made under, or make a new secret for the webhook'
    throw new AdminError('secret-unopened', `Cannot sign for webhook ${id}: its secret does not open`, { remedy })
  }
  const at = now()
  const delivery = { id: deliveryId(newId), event: 0, type: 'webhook.test', at, data: { webhook: id } }
  const answer = await webhookClient.post(webhook.url, deliveryMessage(delivery, secrets, at), stopping)
  if (answer === null)
    throw new AdminError('store-unavailable', 'Cannot test: the server stops', { remedy: 'try again' })
  const target = subject.replace(/\/test$/, '')
  await store.transaction((tx) => tx.addAudit({ at, actor, action, target, revision: 0, detail }))
  return { id: delivery.id, delivered: deliveryVerdict(answer.status).kind === 'delivered', answer }
}
