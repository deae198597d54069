import type { EnrollmentLine } from '../wire.ts'
import type { AccountSession } from './account-session.ts'
import type { MachineInfo } from './machine-info.ts'

/** An enrollment profile, and what came with it. */
export interface ObtainedProfile {
  readonly profile: Uint8Array
  /** Who signed in for it; null where nobody did. */
  readonly account: AccountSession | null
}

/** What a device has to show on its way to a profile. */
export interface Asking {
  readonly line: EnrollmentLine
  readonly machine: MachineInfo
  /** Installs an OS that a server wants first: whether the device did. */
  updateOS(wanted: { readonly OSVersion: string; readonly BuildVersion?: string }): boolean
}
