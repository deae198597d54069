import { behind, type Declared, declarationsToken, type Enrollment, eligibilityOf, type Membership } from '@edict/core'
import type { Channel, Reads } from '@edict/store'
import type { Reach } from '../enroll/reach.ts'
import { isRenewable, RENEWED_AHEAD } from '../enroll/renewal.ts'
import { moment, momentOrNull } from './moment.ts'

/** One channel as a list shows it. */
export function enrollmentSummary({ enrollment, common }: Channel, now: number, reach: Pick<Reach, 'topic'>) {
  const { facts, sync } = enrollment
  const { enrollment: enrollmentType, supervised, sharedIPad, platform, osVersion } = eligibilityOf(enrollment)
  const wanted = declarationsToken(common, enrollment)
  return {
    id: enrollment.id,
    channel: enrollment.channel,
    device: enrollment.device,
    state: enrollment.state,
    platform,
    productName: facts.productName ?? null,
    ...(facts.modelName === undefined ? {} : { model: facts.modelName }),
    ...(facts.serialNumber === undefined ? {} : { serialNumber: facts.serialNumber }),
    osVersion,
    enrollmentType,
    supervised,
    sharedIPad,
    enabled: sync.enabled,
    wanted,
    told: sync.told?.token ?? null,
    collected: sync.collected?.token ?? null,
    behind: enrollment.state !== 'left' && behind(sync, wanted, now),
    enrolledAt: momentOrNull(enrollment.enrolledAt),
    lastSeenAt: momentOrNull(enrollment.lastSeenAt),
    lastReportAt: momentOrNull(enrollment.lastReportAt),
    ...importedOf(enrollment),
    warnings: warningsOf(enrollment, now, reach),
  }
}

function importedOf(enrollment: Enrollment) {
  const { imported } = enrollment
  if (imported === undefined) return {}
  const { at, seenAt, identityEnds } = imported
  const seen = seenAt ?? enrollment.lastSeenAt
  const renewable = isRenewable(enrollment)
  return {
    imported: { at: moment(at), seenAt: momentOrNull(seen), identityEnds: momentOrNull(identityEnds), renewable },
  }
}

/** What an operator should look after in time. */
function warningsOf(enrollment: Enrollment, now: number, { topic }: Pick<Reach, 'topic'>) {
  const { state, push, imported } = enrollment
  const warnings: ('topic-differs' | 'identity-ends')[] = []
  if (state === 'left') return warnings
  if (push !== null && push.topic !== topic) warnings.push('topic-differs')
  const ends = imported?.identityEnds ?? null
  if (ends !== null && ends - now <= RENEWED_AHEAD && !isRenewable(enrollment)) warnings.push('identity-ends')
  return warnings
}

/** One channel with its groups and sets, and from where it has each. */
export async function enrollmentResource(channel: Channel, reads: Reads, now: number, reach: Pick<Reach, 'topic'>) {
  const { enrollment } = channel
  const membership = await reads.membership(enrollment.id)
  const ofDevice =
    enrollment.channel === 'device'
      ? { certificates: await certificatesOf(enrollment, reads), users: await usersOf(enrollment, reads) }
      : {}
  const account = enrollment.account === undefined ? {} : { account: enrollment.account }
  const sets = givenSets(membership, await reads.declared())
  return { ...enrollmentSummary(channel, now, reach), ...account, groups: [...membership.groups], sets, ...ofDevice }
}

async function certificatesOf(device: Enrollment, reads: Reads) {
  const pins = await reads.pinsOf(device.id)
  return pins.map(({ fingerprint, state, pinnedAt, notAfter, revokedAt, why }) => ({
    fingerprint,
    state,
    pinnedAt: moment(pinnedAt),
    notAfter: moment(notAfter),
    revokedAt: momentOrNull(revokedAt),
    why,
  }))
}

async function usersOf(device: Enrollment, reads: Reads): Promise<string[]> {
  const channels = await reads.channelsOf(device.id)
  return channels.filter(({ enrollment }) => enrollment.channel === 'user').map(({ enrollment }) => enrollment.id)
}

function givenSets(membership: Membership, declared: Declared) {
  return [
    ...membership.assignments.map((given) => ({ ...given, from: 'enrollment' })),
    ...membership.deviceAssignments
      .filter(({ channel }) => channel === 'user')
      .map((given) => ({ ...given, from: 'device' })),
    ...membership.groups.flatMap((group) =>
      (declared.groups.get(group) ?? []).map((given) => ({ ...given, from: `group:${group}` })),
    ),
    ...membership.deviceGroups.flatMap((group) =>
      (declared.groups.get(group) ?? [])
        .filter(({ channel }) => channel === 'user')
        .map((given) => ({ ...given, from: `group:${group}` })),
    ),
  ]
}
