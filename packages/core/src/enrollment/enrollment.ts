import type { Platform } from '@edict/catalogue'
import type { EnrollmentIdentity } from '@edict/protocol'
import type { Eligibility } from '../eligibility/eligibility.ts'
import type { Instant } from '../instant.ts'
import type { Sync } from '../sync/sync.ts'
import type { EnrolledAccount } from './enrolled-account.ts'

/** What is known of the hardware and OS behind a channel; absent keys are not known. */
export interface Facts {
  readonly productName?: string
  readonly platform?: Platform
  readonly osVersion?: string
  readonly buildVersion?: string
  readonly serialNumber?: string
  readonly deviceName?: string
  readonly model?: string
  readonly modelName?: string
  readonly supervised?: boolean
  readonly sharedIPad?: boolean
}

/** How to push to a channel. */
export interface PushTarget {
  readonly topic: string
  /** Lower-case hex. */
  readonly token: string
  readonly magic: string
  /** When a TokenUpdate told it; absent where it was stored without. */
  readonly at?: Instant
}

/**
 * What the management payload of a device's profile says that no later profile may change. AccessRights may shrink, and the
 * identifier is that of the profile, by which a later one takes its place.
 *
 * @see apple:mdm/profiles/com.apple.mdm.yaml
 */
export interface Terms {
  readonly ServerURL: string
  readonly CheckInURL: string
  readonly AccessRights: number
  readonly PayloadIdentifier: string
  readonly ServerCapabilities: readonly string[]
}

/** What is known of a device that another server enrolled, and of its users. */
export interface Imported {
  readonly at: Instant
  /** When it first proved here who it is; null before. */
  readonly seenAt: Instant | null
  /** When the certificate ends that it proved it with; null before. */
  readonly identityEnds: Instant | null
  /** What its profile says; null when nobody told: then its identity cannot be renewed. */
  readonly terms: Terms | null
}

/** One channel of one enrolled device: the device itself, or one of its users. */
export interface Enrollment {
  readonly id: string
  /** The id of the device channel; equal to `id` there. */
  readonly device: string
  readonly channel: 'device' | 'user'
  readonly shape: EnrollmentIdentity['shape']
  /** The short name of its user, or the long one where the device tells no other. */
  readonly userName?: string
  readonly userLongName?: string
  /** `enrolling` from Authenticate to the first TokenUpdate; `left` after CheckOut or on purpose. */
  readonly state: 'enrolling' | 'enrolled' | 'left'
  /** Counts the Authenticates of the device; a new one clears what belonged to the old. */
  readonly period: number
  readonly facts: Facts
  /** Content hash of the capabilities that this channel reported. */
  readonly capabilities: string | null
  readonly push: PushTarget | null
  /** As last said; a TokenUpdate without it keeps it. */
  readonly awaitingConfiguration: boolean | null
  /** Own token of the enrollment's values. */
  readonly own: string
  /** Token of its particulars. */
  readonly particulars: string
  readonly cohort: string
  /** When own values or the cohort last changed, for the Timestamp. */
  readonly since: Instant
  /** The revision whose change of groups, sets or properties that was; absent where what the device said of itself made it so. */
  readonly changedBy?: number
  readonly sync: Sync
  readonly enrolledAt: Instant | null
  readonly lastSeenAt: Instant | null
  readonly lastReportAt: Instant | null
  readonly lastFullReportAt: Instant | null
  /** When a manifest with the present set of subscribed items was first collected. */
  readonly subscribedAt: Instant | null
  /** Status items subscribed to in the collected manifest: hash of the sorted list. */
  readonly subscribed: string | null
  /** Public base URL in the profile that it was given here. Absent on user channels, where none is known, and in what is imported. */
  readonly profileUrl?: string
  /** Until its next Authenticate by a profile of ours. */
  readonly imported?: Imported
  /** Who signed in for its device, of an account-driven enrollment. */
  readonly account?: EnrolledAccount
}

/**
 * What gates this channel. A Mac enrolled by UDID counts as supervised whatever it answers: Apple's schema lists no other
 * enrollment for Macs. Supervision not yet known is null.
 */
export function eligibilityOf(enrollment: Enrollment): Eligibility {
  const { facts, channel, shape, capabilities } = enrollment
  const byUser = shape === 'user-enrollment' || shape === 'user-enrollment-user'
  const supervised = facts.platform === 'macOS' ? true : (facts.supervised ?? null)
  return {
    channel,
    platform: facts.platform ?? null,
    osVersion: facts.osVersion ?? null,
    enrollment: byUser ? 'user' : supervised === true ? 'supervised' : 'device',
    supervised: byUser ? false : supervised,
    sharedIPad: facts.sharedIPad ?? shape === 'shared-ipad-user',
    capabilities,
  }
}
