import {
  type Enrollment,
  type Instant,
  type Membership,
  type Move,
  NO_MEMBERSHIP,
  type Placement,
  place,
} from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import type { Channel, Transaction } from '@edict/store'

/** A channel that may belong elsewhere now. */
export interface Moving {
  readonly before: Channel | undefined
  readonly after: Enrollment
  /** What replaces the stored membership or properties; the stored ones when absent. */
  readonly membership?: Membership
  readonly properties?: JsonObject
}

/**
 * Decides where channels belong and saves them there, with the cohorts and values they go to. The revision has been locked,
 * and then the enrollments. Nobody is woken here.
 */
export async function placeChannels(tx: Transaction, moving: readonly Moving[], now: Instant): Promise<Placement> {
  const placement = await planPlacement(tx, moving, now)
  await savePlacement(tx, placement)
  return placement
}

/** @param by the revision that an administrator makes with it; null when it follows from what devices say */
export async function planPlacement(
  tx: Transaction,
  moving: readonly Moving[],
  now: Instant,
  by: number | null = null,
): Promise<Placement> {
  const ids = moving.map(({ after }) => after.id)
  // A user channel that is new is not stored yet: its device has to be named for it.
  const devices = new Map(moving.map(({ after }) => [after.id, after.device]))
  const memberships = await tx.memberships(ids, devices)
  const properties = await tx.propertiesOf(ids)
  const cohorts = new Map((await tx.cohorts()).map((cohort) => [cohort.id, cohort]))
  const moves = moving.map((channel): Move => {
    const stored = {
      membership: memberships.get(channel.after.id) ?? NO_MEMBERSHIP,
      properties: properties.get(channel.after.id) ?? {},
    }
    const cohort = channel.before === undefined ? undefined : cohorts.get(channel.before.enrollment.cohort)
    const before =
      channel.before === undefined || cohort === undefined
        ? null
        : { enrollment: channel.before.enrollment, ...stored, cohort }
    const after = {
      enrollment: channel.after,
      membership: channel.membership ?? stored.membership,
      properties: channel.properties ?? stored.properties,
    }
    return { before, after }
  })
  const hashes = moves.flatMap(({ before, after }) => [
    after.enrollment.capabilities,
    before?.cohort.key.eligibility.capabilities ?? null,
  ])
  const known = await tx.capabilitiesByHash([...new Set(hashes.filter((hash) => hash !== null))])
  return place(moves, await tx.declared(), known, now, by)
}

export async function savePlacement(tx: Transaction, placement: Placement): Promise<void> {
  await tx.putValues(placement.values)
  await tx.saveCohorts(placement.cohorts, 'create')
  await tx.saveEnrollments(placement.enrollments)
}
