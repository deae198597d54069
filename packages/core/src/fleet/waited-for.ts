import type { Enrollment } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'
import type { Cohort } from '../plan/cohort.ts'

/** What made a channel's manifest what it is: the revision of an administrator's change, or what the device said of itself. */
export interface WaitedFor {
  /** `first`: it has collected nothing since it enrolled; `self`: what it said of itself changed what it should hold. */
  readonly change: number | 'first' | 'self'
  readonly since: Instant
}

/**
 * The last change of what a channel should hold. A change of its cohort and one of its own are told apart by when they were made; where
 * both were made in one second, by their revisions.
 */
export function waitedFor(
  { sync, since, changedBy, enrolledAt }: Enrollment,
  cohort: Pick<Cohort, 'since' | 'revision'>,
): WaitedFor {
  if (!sync.enabled || sync.collected === null) return { change: 'first', since: enrolledAt ?? since }
  const isOfCohort = cohort.since > since || (cohort.since === since && cohort.revision > (changedBy ?? Infinity))
  return isOfCohort ? { change: cohort.revision, since: cohort.since } : { change: changedBy ?? 'self', since }
}
