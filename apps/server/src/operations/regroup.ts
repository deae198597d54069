import { NO_MEMBERSHIP } from '@edict/core'
import type { Channel, Transaction } from '@edict/store'
import type { Moving } from './place-channels.ts'

/** Channels with the membership that is stored for them now. */
export async function remembered(tx: Transaction, channels: readonly Channel[]): Promise<readonly Moving[]> {
  const memberships = await tx.memberships(channels.map(({ enrollment }) => enrollment.id))
  return channels.map((channel): Moving => {
    return {
      before: channel,
      after: channel.enrollment,
      membership: memberships.get(channel.enrollment.id) ?? NO_MEMBERSHIP,
    }
  })
}

/** Enrollments with the user channels of those that are devices, locked. */
export async function withUsers(tx: Transaction, ids: readonly string[]): Promise<readonly Channel[]> {
  return tx.lock(await tx.withUsers(ids))
}
