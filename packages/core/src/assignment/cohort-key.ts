import type { Json } from '@edict/protocol'
import { byCodeUnit, canonical, sha256 } from '../canonical.ts'
import type { Assignment } from '../declared.ts'
import type { Eligibility } from '../eligibility/eligibility.ts'
import { appliesToOwn, appliesToUser } from './applies.ts'
import type { Membership } from './membership.ts'

/**
 * What channels of one cohort have in common. It names the sources of the sets (groups and own assignments), not the sets:
 * giving a group another set then changes cohort rows, not the rows of the group's members.
 */
export interface CohortKey {
  readonly eligibility: Eligibility
  /** Groups whose assignments count for this channel as for their own member. */
  readonly groups: readonly string[]
  /** Groups of the device, of which a user channel gets what is given for user channels. */
  readonly deviceGroups: readonly string[]
  /** Sets given to this enrollment (or to its device for users), sorted, without repetition. */
  readonly own: readonly OwnSet[]
}

export interface OwnSet {
  readonly set: string
  readonly exclude: boolean
}

export function cohortKey(eligibility: Eligibility, membership: Membership): CohortKey {
  const given = [
    ...membership.assignments.filter((assignment) => appliesToOwn(assignment, eligibility.channel)),
    ...membership.deviceAssignments.filter(appliesToUser),
  ]
  return {
    eligibility,
    groups: [...membership.groups].sort(byCodeUnit),
    deviceGroups: eligibility.channel === 'user' ? [...membership.deviceGroups].sort(byCodeUnit) : [],
    own: distinct(given),
  }
}

function distinct(given: readonly Assignment[]): OwnSet[] {
  const sorted = given
    .map(({ set, exclude }) => ({ set, exclude }))
    .sort((a, b) => byCodeUnit(a.set, b.set) || Number(a.exclude) - Number(b.exclude))
  return sorted.filter((item, index) => {
    const previous = sorted[index - 1]
    return previous?.set !== item.set || previous.exclude !== item.exclude
  })
}

/** A cohort's id: the hash of its key. */
export function cohortId(key: CohortKey): string {
  return sha256(canonical(key as unknown as Json))
}
