import type { Instant } from '../instant.ts'

/**
 * When a change that happens now is said to have happened: whole seconds, and later than what was said before, so that a
 * channel's Timestamp never goes backwards.
 *
 * @see https://developer.apple.com/documentation/devicemanagement/synchronizationtokens
 */
export function changedAt(now: Instant, previous: Instant | null): Instant {
  const whole = Math.floor(now / 1000) * 1000
  return previous === null ? whole : Math.max(whole, previous + 1000)
}

/** The Timestamp of what a channel wants: the later of its cohort's last change and its own. */
export function wantedSince(cohortSince: Instant, channelSince: Instant): Instant {
  return Math.max(cohortSince, channelSince)
}
