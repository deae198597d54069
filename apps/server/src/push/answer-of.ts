import type { PushAnswer } from '@edict/core'

/** Longest wait that is believed, in milliseconds. */
const LONGEST = 24 * 3_600_000

/**
 * Reads what a push service said: the status, the JSON `{reason, timestamp}`, and Retry-After in seconds or as a date (RFC 9110 §10.2.3).
 * What cannot be read is taken as not said.
 */
export function answerOf(status: number, body: string, retryAfter: string, now: number): PushAnswer {
  return { status, ...detailsIn(body), retryAfter: waitIn(retryAfter, now) }
}

/** The reason in a JSON body, or in the debug data of a GOAWAY. */
export function detailsIn(body: string): Pick<PushAnswer, 'reason' | 'timestamp'> {
  try {
    const said = JSON.parse(body) as { readonly reason?: unknown; readonly timestamp?: unknown } | null
    const reason = said?.reason
    const timestamp = said?.timestamp
    return {
      reason: typeof reason === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(reason) ? reason : null,
      timestamp: typeof timestamp === 'number' && Number.isSafeInteger(timestamp) && timestamp >= 0 ? timestamp : null,
    }
  } catch {
    return { reason: null, timestamp: null }
  }
}

function waitIn(retryAfter: string, now: number): number | null {
  // Date.parse takes more than HTTP has.
  if (!/^(?:\d{1,9}|[A-Z][a-z]{2}, .*GMT)$/.test(retryAfter)) return null
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST)
}
