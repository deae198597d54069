import type { Assignment } from '../declared.ts'

/** Where the sets of one channel come from: its groups and what was given to it by name. */
export interface Membership {
  /** Groups that list this enrollment, sorted. */
  readonly groups: readonly string[]
  /** On a user channel: groups that list its device, sorted; empty on a device channel. */
  readonly deviceGroups: readonly string[]
  /** Sets given to this enrollment itself. */
  readonly assignments: readonly Assignment[]
  /** On a user channel: the sets given to its device for its user channels; empty on a device channel. */
  readonly deviceAssignments: readonly Assignment[]
}

export const NO_MEMBERSHIP: Membership = { groups: [], deviceGroups: [], assignments: [], deviceAssignments: [] }
