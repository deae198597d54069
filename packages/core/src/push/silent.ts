import type { Enrollment } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'

const DAY = 86_400_000

/**
 * Whether a channel that is silent is pushed to on the lap that is made now, one a day: on each of the first 7 days, then on days 14,
 * 21 and 28, then every 28th, and after a year no more. A push waits 7 days at Apple, so a device that comes back in the first month
 * finds one. Whether it has anything to come for is another question.
 *
 * Apple calls a device inactive that cannot be reached for days or weeks, and does not say what to do with it: see docs/apple/silences.md.
 */
export function isLapDay({ state, push, lastSeenAt }: Enrollment, now: Instant): boolean {
  if (state !== 'enrolled' || push === null || lastSeenAt === null) return false
  const days = Math.floor((now - lastSeenAt) / DAY)
  if (days <= 7) return days >= 1
  if (days <= 28) return days % 7 === 0
  return days <= 364 && days % 28 === 0
}

/** A push that is later than this after the enrollment is not its first. */
const FIRST_WITHIN = 60_000

/**
 * When a device that has just enrolled is pushed a second time, unless it has come by then; null when it is not. The first push may
 * reach Apple before the token does.
 *
 * @param comesWithin milliseconds that it has after the first push; 0: for ever
 */
export function secondPushAt(
  { enrolledAt, lastSeenAt, sync }: Enrollment,
  comesWithin: number,
  now: Instant,
): Instant | null {
  if (comesWithin === 0 || enrolledAt === null || now - enrolledAt > FIRST_WITHIN) return null
  // It may have come in the very millisecond in which it enrolled.
  if (sync.enabled || sync.offer !== null) return null
  return lastSeenAt !== null && lastSeenAt > enrolledAt ? null : now + comesWithin
}
