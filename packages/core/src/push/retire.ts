import type { Enrollment } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'

/** What a push service said of a token that has gone. */
export interface Gone {
  readonly token: string
  /** Since when; null where it did not say. */
  readonly since: Instant | null
  /** When the push was sent. */
  readonly sentAt: Instant
}

/**
 * The enrollment without a token that has gone: nothing is pushed to it until it tells another. A TokenUpdate after that moment
 * wins, also with the same token. Nothing else changes: the device may still come by itself.
 *
 * @see https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
export function withoutToken(enrollment: Enrollment, { token, since, sentAt }: Gone): Enrollment {
  const { push } = enrollment
  if (push === null || push.token !== token) return enrollment
  const told = push.at ?? enrollment.enrolledAt ?? 0
  return told > (since ?? sentAt) ? enrollment : { ...enrollment, push: null }
}
