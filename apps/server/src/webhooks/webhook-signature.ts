import { createHmac } from 'node:crypto'

/** What is signed of one attempt. */
export interface SignedDelivery {
  /** The same at every attempt; it has no full stop in it. */
  readonly id: string
  /** When this attempt is made, in seconds since the epoch. */
  readonly timestamp: number
  readonly body: string
}

/**
 * The value of `webhook-signature`: one signature by each secret, so that a receiver that knows either takes it.
 *
 * @param secrets octets, the present one first
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, Signature scheme
 */
export function webhookSignature({ id, timestamp, body }: SignedDelivery, secrets: readonly Uint8Array[]): string {
  const content = `${id}.${timestamp}.${body}`
  return secrets.map((secret) => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`).join(' ')
}

/** A secret as a receiver is told it. */
export function webhookSecretText(secret: Uint8Array): string {
  return `whsec_${Buffer.from(secret).toString('base64')}`
}
