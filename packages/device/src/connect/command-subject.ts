import type { Command, PlistDict } from '@edict/protocol'
import type { App } from '../content/app.ts'
import type { Profile } from '../content/profile.ts'
import type { Identity } from '../identity.ts'
import type { ModelState } from '../model-state.ts'
import type { Traits } from '../traits.ts'
import type { CommandAnswer } from './command-answer.ts'

/** A user of the device, as UserList tells of them. */
export interface DeviceUser {
  readonly shortName: string
  readonly longName: string
  readonly loggedIn: boolean
}

/** What commands ask about, and do. */
export interface CommandSubject {
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly traits: Traits
  readonly identity: Identity
  readonly model: ModelState
  /** Of the channel. */
  readonly id: string
  readonly kind: 'device' | 'user'
  /** In hex. */
  readonly pushToken: string | null
  /** PayloadIdentifier of the profile that it is enrolled by; null when it is enrolled without one. */
  readonly enrollmentProfile: string | null
  policies(): readonly string[]
  /** Profiles that configurations installed, on this channel. */
  profiles(): readonly Profile[]
  /** All apps that this channel manages. */
  apps(): readonly App[]
  users(): readonly DeviceUser[]
  /** In DER: what it proves who it is with comes first, then those that it trusts. */
  certificates(): readonly Uint8Array[]
  declarativeManagement(data: Uint8Array | undefined): void
  /** Null when no app can be made out of the command; `declared` when a declaration has it. */
  installApplication(command: PlistDict): Promise<App | 'declared' | null>
  /** Begins to get what the command's manifest leads to. What becomes of it is not told. */
  installEnterpriseApplication(command: PlistDict): void
  removeApplication(bundleId: string): boolean
  deviceConfigured(): void
  /** Erases the device, with the command's ReturnToService if it has one. */
  erase(returnToService: PlistDict | null): void
  /** Takes the enrollment profile away: it is not managed any more. */
  unenroll(): void
  logOut(shortName: string): void
  /** It starts anew: until it is unlocked it can do little. */
  restart(): void
  shutDown(): void
  /** What the model says has changed. */
  changed(): void
  /**
   * Gets the identity that a new enrollment profile speaks of; what it gives puts the profile in the place of the one installed.
   * Rejects with DeviceError when it may not take that place, or there is no identity to be had.
   */
  replaceEnrollment(profile: Uint8Array): Promise<() => void>
}

/** How a device answers one command. */
export type Answer = (command: Command['Command'], subject: CommandSubject) => CommandAnswer | Promise<CommandAnswer>
