import type { PushAnswer } from '@edict/core'
import { retryAfterIn } from '../retry-after.ts'

/**
 * Reads what a push service said: the status, the JSON `{reason, timestamp}`, and Retry-After in seconds or as a date (RFC 9110 §10.2.3).
 * What cannot be read is taken as not said.
 */
export function answerOf(status: number, body: string, retryAfter: string, now: number): PushAnswer {
  return { status, ...detailsIn(body), retryAfter: retryAfterIn(retryAfter, now) }
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
