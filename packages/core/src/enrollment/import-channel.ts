import type { EnrollmentIdentity } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import { FRESH } from '../sync/sync.ts'
import { type FactKeys, factsSaid, type Unplaced } from './authenticate.ts'
import type { Enrollment, PushTarget, Terms } from './enrollment.ts'
import { namesOf } from './token-update.ts'

/** What another server knew of one channel. */
export interface KnownElsewhere {
  readonly push: PushTarget
  readonly facts: FactKeys
  /** Not said: not known. */
  readonly supervised?: boolean
  /** What the profile of a device says; null when nobody told. */
  readonly terms: Terms | null
}

/**
 * A channel that another server enrolled: enrolled here too, with nothing told and nothing collected, so that it is offered
 * everything at its first contact.
 *
 * @param device of a user channel, its device
 * @param before what stands here under this id: one that left, or one that was imported and not seen
 */
export function importChannel(
  identity: EnrollmentIdentity,
  { push, facts, supervised, terms }: KnownElsewhere,
  device: Enrollment | undefined,
  before: Enrollment | undefined,
  now: Instant,
): Unplaced {
  const said = factsSaid(facts, undefined)
  return {
    id: identity.id,
    device: identity.device,
    channel: identity.channel,
    shape: identity.shape,
    ...namesOf(identity),
    state: 'enrolled',
    period: device?.period ?? (before === undefined ? 1 : before.period + (before.state === 'left' ? 1 : 0)),
    facts: device?.facts ?? (supervised === undefined ? said : { ...said, supervised }),
    capabilities: null,
    push,
    awaitingConfiguration: null,
    sync: FRESH,
    enrolledAt: now,
    lastSeenAt: null,
    lastReportAt: null,
    lastFullReportAt: null,
    subscribedAt: null,
    subscribed: null,
    imported: { at: now, seenAt: null, identityEnds: null, terms },
  }
}

/** Whether a channel was imported and nothing came from it yet: what was said of it may still be said otherwise. */
export function isUnseen({ imported, lastSeenAt }: Enrollment): boolean {
  return imported !== undefined && imported.seenAt === null && lastSeenAt === null
}

/** A device that proved for the first time who it is, by a certificate that ends then. */
export function firstSeen(device: Enrollment, identityEnds: Instant, now: Instant): Enrollment {
  const { imported } = device
  return imported === undefined ? device : { ...device, imported: { ...imported, seenAt: now, identityEnds } }
}
