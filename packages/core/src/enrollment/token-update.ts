import type { EnrollmentIdentity, TokenUpdate } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import { FRESH } from '../sync/sync.ts'
import type { Unplaced } from './authenticate.ts'
import type { Enrollment } from './enrollment.ts'

/**
 * TokenUpdate completes an enrollment, or renews its push data. Absent AwaitingConfiguration keeps what is stored: real
 * devices leave it out almost half of the time.
 *
 * @see apple:mdm/checkin/tokenupdate.yaml
 */
export function tokenUpdate(enrollment: Enrollment, message: TokenUpdate, now: Instant): Enrollment {
  return {
    ...enrollment,
    state: 'enrolled',
    push: { topic: message.Topic, token: hex(message.Token), magic: message.PushMagic, at: now },
    awaitingConfiguration: message.AwaitingConfiguration ?? enrollment.awaitingConfiguration,
    enrolledAt: enrollment.state === 'enrolled' ? enrollment.enrolledAt : now,
    lastSeenAt: now,
  }
}

/** A user channel that is seen for the first time, on a device that is enrolled. */
export function userChannel(identity: EnrollmentIdentity, device: Enrollment): Unplaced {
  return {
    id: identity.id,
    device: device.id,
    channel: 'user',
    shape: identity.shape,
    ...namesOf(identity),
    ...(device.account === undefined ? {} : { account: device.account }),
    state: 'enrolling',
    period: device.period,
    facts: identity.shape === 'shared-ipad-user' ? { ...device.facts, sharedIPad: true } : device.facts,
    capabilities: null,
    push: null,
    awaitingConfiguration: null,
    sync: FRESH,
    enrolledAt: null,
    lastSeenAt: null,
    lastReportAt: null,
    lastFullReportAt: null,
    subscribedAt: null,
    subscribed: null,
  }
}

/** What a user is called, as far as a message says it. */
export function namesOf({
  userShortName,
  userLongName,
}: EnrollmentIdentity): Pick<Enrollment, 'userName' | 'userLongName'> {
  const userName = userShortName ?? userLongName
  return {
    ...(userName === undefined ? {} : { userName }),
    ...(userLongName === undefined ? {} : { userLongName }),
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
