import { refusal, withoutAssignment } from '@edict/core'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, type Write } from './commit.ts'
import { commitPlacement } from './commit-placement.ts'
import { mustExist } from './must-exist.ts'
import { reassigned } from './reassign.ts'
import { Refused } from './refused.ts'
import { withUsers } from './regroup.ts'

/** Takes away what was given to an enrollment by name; without a channel, for the enrollment's own. */
export async function unassign(
  id: string,
  set: string,
  channel: 'device' | 'user' | undefined,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    const before = await beginWrite(tx, write)
    const channels = await withUsers(tx, await mustExist(tx, [id]))
    const own = channels.find(({ enrollment }) => enrollment.id === id)?.enrollment.channel ?? 'device'
    const from = channel ?? own
    const moving = await reassigned(tx, channels, id, (given) => withoutAssignment(given, set, from))
    if (await tx.deleteAssignment(id, set, from))
      return commitPlacement(tx, { before }, moving, 'sets', write, when(services))
    const message = `Cannot take ${set} from ${id}: it was not given to it by name for its ${from} channel`
    throw new Refused([
      refusal('assignment-missing', message, { found: set, remedy: 'look at the sets of the enrollment' }),
    ])
  })
}
