import type { Webhook } from '@edict/store'
import { AdminError } from '../admin/problem.ts'

/** The webhook that was looked for by an id. @throws AdminError `webhook-missing` */
export function mustBeWebhook(id: string, found: Webhook | undefined): Webhook {
  if (found !== undefined) return found
  const remedy = 'look at the list of webhooks for the right id'
  throw new AdminError('webhook-missing', `Cannot find webhook ${id}`, { found: id, remedy })
}
