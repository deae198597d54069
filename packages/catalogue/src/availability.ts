import type { Platform } from './platform.ts'

/** How a device may be enrolled, as `allowed-enrollments` names it; `local` is a profile installed by hand. */
export type EnrollmentKind = 'supervised' | 'device' | 'user' | 'local'

/** Where a declaration or status item lives: `system` is the device channel, `user` the user channel. */
export type Scope = 'system' | 'user'

/** Whether something can be used where a condition (user enrollment, Shared iPad) is in effect. */
export type Mode = 'allowed' | 'required' | 'forbidden' | 'ignored'

/** OS versions, dotted, as in Apple's schema. */
export interface Lifetime {
  readonly introduced: string
  readonly deprecated?: string
  readonly removed?: string
}

/**
 * Where a declaration or status item can be used on one platform. A list that is absent restricts nothing; an empty one
 * forbids. `sharedIPadScopes` replaces `scopes` on Shared iPad.
 */
export interface Availability extends Lifetime {
  readonly enrollments?: readonly EnrollmentKind[]
  readonly scopes?: readonly Scope[]
  readonly sharedIPadScopes?: readonly Scope[]
}

/** What MDM messages may ask of an enrollment. What is absent is not said by the schema, and restricts nothing. */
export interface Requirements {
  readonly supervised?: boolean
  /** The device must have been enrolled through Apple's device enrollment programme. */
  readonly requiresDEP?: boolean
  readonly deviceChannel?: boolean
  readonly userChannel?: boolean
  readonly userEnrollment?: Mode
  readonly sharedIPad?: SharedIPadRequirements
}

export interface SharedIPadRequirements {
  readonly mode?: Mode
  readonly deviceChannel?: boolean
  readonly userChannel?: boolean
}

/** Where an MDM command or check-in can be used on one platform. */
export interface CommandAvailability extends Lifetime, Requirements {
  /** The right the enrollment profile must grant, in Apple's words; also `None`, `Special Case` and `n/a`. */
  readonly accessRight?: string
}

/** Availability by platform; a platform that is absent does not have it at all. */
export type ByPlatform<A> = { readonly [P in Platform]?: A }

/** What a key changes against what holds it; what is absent is inherited. `n/a` takes the key off a platform. */
export type KeyAvailability = {
  readonly [P in Platform]?: 'n/a' | Partial<Availability & Requirements>
}
