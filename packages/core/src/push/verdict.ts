import type { Instant } from '../instant.ts'

/** What a push service said to one push. */
export interface PushAnswer {
  /** Of HTTP; 0 when nothing came, or not to the end. */
  readonly status: number
  readonly reason: string | null
  /** With 410: when the service learned that the token is of no use. */
  readonly timestamp: Instant | null
  /** What Retry-After asks for, in milliseconds. */
  readonly retryAfter: number | null
}

/** What a refusal is about: every push by this certificate, one token, or how the request was made. */
export type RefusalCause = 'certificate' | 'token' | 'request'

export type PushVerdict =
  | { readonly kind: 'accepted' }
  /** The token has gone. The enrollment stays: it may come with another. */
  | { readonly kind: 'retire'; readonly reason: string; readonly since: Instant | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly cause: RefusalCause }
  | { readonly kind: 'again'; readonly reason: string; readonly after: number | null }

const aboutTokens: ReadonlySet<string> = new Set(['BadDeviceToken', 'DeviceTokenNotForTopic'])
const aboutCertificates: ReadonlySet<string> = new Set(['BadTopic', 'MissingTopic', 'TopicDisallowed'])
const endsBecauseOf: ReadonlySet<string> = new Set(['BadCertificate', 'BadCertificateEnvironment', 'Forbidden'])

/** Whether the reason with which a service ends a connection is about the certificate, so that another connection does not help. */
export function isAboutCertificate(reason: string | null): boolean {
  return reason !== null && endsBecauseOf.has(reason)
}

/** Said by us: TLS ended because of a certificate, ours or theirs. */
const tlsReasons: ReadonlySet<string> = new Set(['tls-refused', 'tls-untrusted'])

/**
 * Which answer leads to what. No answer disables anybody: a fleet that is answered `BadDeviceToken` has a wrong certificate, not
 * wrong devices.
 *
 * @see https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
export function pushVerdict({ status, reason, timestamp, retryAfter }: PushAnswer): PushVerdict {
  const named = reason ?? (status === 0 ? 'no-answer' : `status-${status}`)
  if (status === 200) return { kind: 'accepted' }
  if (status === 410) return { kind: 'retire', reason: named, since: timestamp }
  if (status === 429 || status >= 500 || named === 'IdleTimeout') {
    return { kind: 'again', reason: named, after: retryAfter }
  }
  if (status === 0 && !tlsReasons.has(named)) return { kind: 'again', reason: named, after: null }
  if (status === 0 || status === 403 || aboutCertificates.has(named)) {
    return { kind: 'refused', reason: named, cause: 'certificate' }
  }
  return { kind: 'refused', reason: named, cause: aboutTokens.has(named) ? 'token' : 'request' }
}
