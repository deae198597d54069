import type { Condition } from '../condition/condition.ts'
import type { Stage } from '../diagnosis/stage.ts'
import type { Enrollment } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'
import type { Cohort } from '../plan/cohort.ts'

/** All that is known of one channel when the fleet is looked over. */
export interface FleetChannel {
  readonly enrollment: Enrollment
  /** The token of what it should hold. */
  readonly wanted: string
  readonly cohort: Pick<Cohort, 'since' | 'revision'>
  readonly conditions: readonly Condition[]
  readonly diagnosis: ShortDiagnosis
  /** When the certificate ends that it proves with who it is; null where none is known. */
  readonly identityEnds: Instant | null
}

/** A diagnosis as the fleet counts it. */
export interface ShortDiagnosis {
  readonly stage: Stage
  /** The best explanation; `healthy`, or null where no cause that is known fits. */
  readonly code: string | null
  /** Null where that is not known. */
  readonly since: Instant | null
}
