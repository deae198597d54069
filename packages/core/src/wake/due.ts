import type { Enrollment, PushTarget } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'
import { declarationsToken } from '../manifest/token.ts'
import { behind } from '../sync/behind.ts'

/**
 * Whom to push when a wake is due, or null: whether a channel is behind is judged now, not when the change was made.
 *
 * @param common the wanted common token of its cohort
 */
export function wakeTarget(enrollment: Enrollment, common: string, now: Instant): PushTarget | null {
  if (enrollment.state !== 'enrolled' || enrollment.push === null) return null
  return behind(enrollment.sync, declarationsToken(common, enrollment), now) ? enrollment.push : null
}
