import type { Failure } from './synchronize.ts'

/** How often requests failed in a row, and until when nothing is tried. */
export interface BackOff {
  readonly failures: number
  readonly until: number
  /** There was no answer at all: a network that comes back ends the wait. */
  readonly network: boolean
}

const day = 86_400_000

/**
 * After an HTTP error: 60 s, then twice as long each time, or what the server asks for. After no answer at all a fixed
 * wait, since the server said nothing. `first` and `network` in seconds.
 */
export function backOffAfter(
  { status, retryAfter }: Failure,
  before: BackOff | null,
  now: number,
  waits: { readonly first: number; readonly network: number },
): BackOff {
  const earlier = before?.failures ?? 0
  if (status === null) return { failures: earlier, until: now + waits.network * 1000, network: true }
  const wait = retryAfter ?? Math.min(waits.first * 1000 * 2 ** earlier, day)
  return { failures: earlier + 1, until: now + wait, network: false }
}

/** Milliseconds from `now` in a Retry-After (seconds or an HTTP date), or null. @see RFC 9110, section 10.2.3 */
export function retryAfterOf(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(at - now, 0)
}
