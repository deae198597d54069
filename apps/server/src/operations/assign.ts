import { type Assignment, refusal, withAssignment } from '@edict/core'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, type Write } from './commit.ts'
import { commitPlacement } from './commit-placement.ts'
import { mustExist, mustHaveSet } from './must-exist.ts'
import { reassigned } from './reassign.ts'
import { Refused } from './refused.ts'
import { withUsers } from './regroup.ts'

/** A set given to an enrollment; without a channel, for the enrollment's own. */
export interface Given {
  readonly set: string
  readonly channel: 'device' | 'user' | undefined
  readonly exclude: boolean
}

/** Gives a set to an enrollment by name, or excludes it; replaces what stood for that set and channel. */
export async function assign(
  id: string,
  { set, channel, exclude }: Given,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    const before = await beginWrite(tx, write)
    mustHaveSet(before, set)
    const channels = await withUsers(tx, await mustExist(tx, [id]))
    const own = channels.find(({ enrollment }) => enrollment.id === id)?.enrollment.channel ?? 'device'
    const assignment: Assignment = { set, channel: channel ?? own, exclude }
    if (own === 'user' && assignment.channel === 'device') throw noDeviceChannel(id, set)
    const moving = await reassigned(tx, channels, id, (given) => withAssignment(given, assignment))
    await tx.putAssignment(id, assignment)
    return commitPlacement(tx, { before }, moving, 'sets', write, when(services))
  })
}

function noDeviceChannel(id: string, set: string): Refused {
  return new Refused([
    refusal('assignment-channel', `Cannot give ${set} to the device channel of ${id}: it is a user channel`, {
      at: '/channel',
      found: 'device',
      expected: 'user',
      remedy: 'give it to the device',
    }),
  ])
}
