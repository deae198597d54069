import type { CohortKey } from '../assignment/cohort-key.ts'
import type { Instant } from '../instant.ts'
import type { CohortManifest } from '../manifest/cohort-manifest.ts'
import type { LeftOut } from '../manifest/manifest.ts'

/** The channels that share the common half of a manifest: one row, whatever their number. */
export interface Cohort {
  /** Hash of the key. */
  readonly id: string
  readonly key: CohortKey
  /** Token of the common half that its channels should hold. */
  readonly common: string
  readonly since: Instant
  /** The revision that last changed the common half; of a new cohort the one that it was made from. */
  readonly revision: number
  readonly leftOut: readonly LeftOut[]
}

/** A cohort as it will be, with all that its common half is made of. */
export interface CohortChange {
  readonly cohort: Cohort
  readonly manifest: CohortManifest
  /** The common token before, or null for a new cohort. */
  readonly before: string | null
}
