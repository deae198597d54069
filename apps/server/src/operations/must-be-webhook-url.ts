import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import { webhookUrlFlaw } from '../webhooks/webhook-url.ts'

/** The form in which the URL is kept. @throws AdminError `webhook-url-unsuitable`, which repeats no password */
export function mustBeWebhookUrl(given: string, { webhookClient }: Pick<Services, 'webhookClient'>): string {
  const expected = webhookUrlFlaw(given, webhookClient.isAllowed)
  if (expected === null) return new URL(given).href
  throw new AdminError('webhook-url-unsuitable', 'Cannot deliver to this URL', {
    at: '/url',
    found: given.replace(/\/\/[^/@]*@/, '//•••@'),
    expected,
    remedy: expected.includes('link-local')
      ? 'give another URL, or start the server with --webhook-allow and the network'
      : 'give another URL',
  })
}
