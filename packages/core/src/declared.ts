import type { Platform } from '@edict/catalogue'
import type { DeclarationVersion } from './declaration/declaration.ts'

/** A set given to a group or an enrollment, or excluded from it. */
export interface Assignment {
  readonly set: string
  /** `own`: the channel of the enrollment itself, whichever that is; `user` on a device: its user channels. */
  readonly channel: AssignmentChannel
  readonly exclude: boolean
}

export type AssignmentChannel = 'own' | 'device' | 'user'

/** An OS as Apple's update service names it. */
export interface MinimumOS {
  readonly OSVersion: string
  readonly BuildVersion?: string
}

/** What Edict adds by itself, and how it answers devices that ask for something. */
export interface Settings {
  /** Whether each cohort gets one generated status subscription. */
  readonly subscription: { readonly enabled: boolean }
  readonly organization?: { readonly Name: string; readonly Email?: string; readonly URL?: string }
  /** Whether network users who log in to a Mac are managed; they are when absent. */
  readonly networkUsers?: 'accept' | 'decline'
  /** Whether a device that asks may erase itself and enroll again; it may not when absent. */
  readonly returnToService?: { readonly enabled: boolean }
  /** What a device has to run before it may enroll by itself. */
  readonly minimumOS?: { readonly [P in Platform]?: MinimumOS }
  /** Seconds that a device which awaits configuration is held in Setup Assistant at most; 600 when absent. */
  readonly releaseAfter?: number
}

/** All that administrators have declared, at one revision. Nothing in it depends on how many devices there are. */
export interface Declared {
  readonly revision: number
  readonly declarations: ReadonlyMap<string, DeclarationVersion>
  /** Set name → member Identifiers, sorted. */
  readonly sets: ReadonlyMap<string, readonly string[]>
  /** Group name → the sets given to it, sorted by set and channel. Every group is a key, also with no sets. */
  readonly groups: ReadonlyMap<string, readonly Assignment[]>
  readonly settings: Settings
}

export const NOTHING_DECLARED: Declared = {
  revision: 0,
  declarations: new Map(),
  sets: new Map(),
  groups: new Map(),
  settings: { subscription: { enabled: true } },
}
