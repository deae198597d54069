import type { Webhook } from '@edict/store'
import type { Services } from '../services.ts'
import { takeAllEvents } from '../webhooks/take-events.ts'
import type { Write } from './commit.ts'
import { mustBeWebhook } from './must-be-webhook.ts'
import { mustBeWebhookUrl } from './must-be-webhook-url.ts'

/** What is undefined stays. */
export interface WebhookChange {
  readonly url: string | undefined
  readonly types: readonly string[] | null | undefined
  readonly note: string | undefined
  readonly state: 'on' | 'paused' | undefined
}

/**
 * Changes what is said of a webhook. One that was off and is switched on begins with what is committed from now on; what waited for it
 * when it was switched off still does, all that was committed by then.
 *
 * @throws AdminError `webhook-missing`, `webhook-url-unsuitable`
 */
export async function changeWebhook(
  id: string,
  { url, types, note, state }: WebhookChange,
  { actor, action, subject: target, detail }: Write,
  services: Pick<Services, 'store' | 'now' | 'newId' | 'webhookClient'>,
): Promise<Webhook> {
  const { store, now } = services
  const checked = url === undefined ? undefined : mustBeWebhookUrl(url, services)
  if (state === 'paused') await takeAllEvents(id, services)
  const last = await store.scan.lastEvent()
  return store.transaction(async (tx) => {
    const before = mustBeWebhook(id, await tx.lockWebhook(id))
    const isBack = state === 'on' && before.state !== 'on'
    const webhook: Webhook = {
      ...before,
      url: checked ?? before.url,
      types: types === undefined ? before.types : types,
      note: note ?? before.note,
      state: state ?? before.state,
      ...(isBack ? { position: Math.max(before.position, last), failingSince: null } : {}),
    }
    await tx.saveWebhook(webhook)
    if (isBack) await tx.hastenDeliveries(id, now())
    await tx.addAudit({ at: now(), actor, action, target, revision: 0, detail })
    return webhook
  })
}
