import type { Instant } from '../instant.ts'

/** How long a delivery is tried, from when it was queued, in milliseconds: three days. */
export const DELIVERY_PATIENCE = 3 * 86_400_000
const FIRST = 5_000
const LONGEST = 3_600_000
const GROWTH = 4

/** A delivery that was not taken. */
export interface Undelivered {
  /** From 1. */
  readonly attempt: number
  readonly queuedAt: Instant
  /** When the attempt ended. */
  readonly now: Instant
  /** What the receiver asked for by Retry-After, in milliseconds; null when it did not. */
  readonly after: number | null
  /** From 0 to 1, at random: deliveries that failed together do not come back together. */
  readonly chance: number
}

/**
 * When a delivery is tried again: after 5, 20, 80 s, 5, 21 min, then each hour, give or take a quarter, and never before the receiver wants
 * it, as far as that is within an hour. The last attempt is made when its three days are over; null after that: it is given up.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, Deliverability and reliability
 */
export function deliverAgain({ attempt, queuedAt, now, after, chance }: Undelivered): Instant | null {
  const end = queuedAt + DELIVERY_PATIENCE
  if (now >= end) return null
  const own = Math.min(FIRST * GROWTH ** (attempt - 1), LONGEST) * (0.75 + chance / 2)
  const asked = Math.min(after ?? 0, LONGEST)
  return Math.min(Math.ceil(now + Math.max(own, asked)), end)
}
