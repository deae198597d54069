import type { Delivery } from '@edict/store'
import { VERSION } from '../version.ts'
import type { WebhookMessage } from './webhook-client.ts'
import { webhookSignature } from './webhook-signature.ts'

/**
 * One attempt of a delivery, signed for this moment. The body is the same at each.
 *
 * @param secrets those that are good now, the present one first
 * @param now milliseconds since the epoch
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function deliveryMessage(
  { id, event, type, at, data }: Pick<Delivery, 'id' | 'event' | 'type' | 'at' | 'data'>,
  secrets: readonly Uint8Array[],
  now: number,
): WebhookMessage {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), sequence: event, data })
  const timestamp = Math.floor(now / 1000)
  return {
    headers: {
      'content-type': 'application/json',
      'user-agent': `Edict/${VERSION}`,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature({ id, timestamp, body }, secrets),
    },
    body,
  }
}

/** What a receiver knows a delivery by. There is no full stop in it. */
export function deliveryId(newId: () => string): string {
  return `msg_${newId().replaceAll('-', '').toLowerCase()}`
}
