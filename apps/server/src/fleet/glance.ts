import type { Enrollment, ExpiryWarning, FleetTally, Stage } from '@edict/core'
import type { AuditEntry } from '@edict/store'

/** One number, and the word that it is listed by. */
export interface FleetNumber {
  readonly what: string
  readonly count: number
}

/** The fleet as one picture. Instants are milliseconds since the epoch. */
export interface Glance {
  readonly at: number
  readonly revision: number
  readonly channels: number
  readonly enrollments: readonly FleetNumber[]
  readonly platforms: readonly FleetNumber[]
  readonly sync: readonly FleetNumber[]
  /** With the entry of the audit log; null where it has none. */
  readonly changes: readonly (Tallied<'changes'> & { readonly made: AuditEntry | null })[]
  readonly moreChanges: number
  readonly conditions: readonly FleetNumber[]
  readonly reasons: readonly Tallied<'reasons'>[]
  readonly moreReasons: number
  readonly health: readonly FleetNumber[]
  readonly causes: readonly GlanceCause[]
  readonly stages: readonly FleetNumber[]
  readonly push: GlancePush
  readonly identities: {
    readonly authorities: readonly GlanceAuthority[]
    readonly numbers: readonly FleetNumber[]
  }
  readonly silence: { readonly numbers: readonly FleetNumber[]; readonly longest: readonly Enrollment[] }
}

type Tallied<Name extends 'changes' | 'reasons'> = ReturnType<FleetTally[Name]>['items'][number]

export interface GlanceCause extends FleetNumber {
  readonly code: string | null
  readonly stage: Stage
  readonly summary: string
  readonly remedy: string | null
}

export interface GlancePush {
  readonly certificate: {
    readonly topic: string
    readonly expiresAt: number
    readonly warning: ExpiryWarning | null
  } | null
  readonly resting: readonly {
    readonly topic: string
    readonly reason: string
    readonly since: number
    readonly nextTryAt: number
  }[]
  readonly numbers: readonly FleetNumber[]
}

export interface GlanceAuthority {
  readonly id: string | null
  readonly state: 'issuing' | 'retired' | 'external'
  readonly expiresAt: number
}
