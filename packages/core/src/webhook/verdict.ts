/**
 * What an answer to a delivery says. `gone`: nothing more is wanted. `failed`: not now; `receiver` when it is not about this one delivery,
 * for there was no answer, or the receiver says that it cannot.
 */
export type DeliveryVerdict =
  | { readonly kind: 'delivered' | 'gone' }
  | { readonly kind: 'failed'; readonly about: 'delivery' | 'receiver' }

/**
 * Any 2xx is taken; a redirection is not followed and so a failure, as everything else is.
 *
 * @param status of the answer; null when there was none
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, Delivery success and failure
 */
export function deliveryVerdict(status: number | null): DeliveryVerdict {
  if (status === null || status === 429 || status >= 500) return { kind: 'failed', about: 'receiver' }
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'gone' }
  return { kind: 'failed', about: 'delivery' }
}
