import { type Assignment, type Membership, NO_MEMBERSHIP } from '@edict/core'
import type { Channel, Transaction } from '@edict/store'
import type { Moving } from './place-channels.ts'

/** An enrollment and its user channels with the assignments of the enrollment changed. */
export async function reassigned(
  tx: Transaction,
  channels: readonly Channel[],
  id: string,
  change: (given: readonly Assignment[]) => readonly Assignment[],
): Promise<readonly Moving[]> {
  const memberships = await tx.memberships(channels.map(({ enrollment }) => enrollment.id))
  return channels.map((channel): Moving => {
    const stored = memberships.get(channel.enrollment.id) ?? NO_MEMBERSHIP
    const membership: Membership =
      channel.enrollment.id === id
        ? { ...stored, assignments: change(stored.assignments) }
        : { ...stored, deviceAssignments: change(stored.deviceAssignments) }
    return { before: channel, after: channel.enrollment, membership }
  })
}
