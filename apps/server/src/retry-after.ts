/** Longest wait that is believed, in milliseconds. */
const LONGEST = 24 * 3_600_000

/**
 * What Retry-After asks for, in milliseconds; null when it says nothing that can be read.
 *
 * @param now milliseconds since the epoch
 * @see RFC 9110 §10.2.3
 */
export function retryAfterIn(header: string, now: number): number | null {
  // Date.parse takes more than HTTP has.
  if (!/^(?:\d{1,9}|[A-Z][a-z]{2}, .*GMT)$/.test(header)) return null
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST)
}
