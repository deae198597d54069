import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, commitIn, planIn, type Write } from './commit.ts'
import { commitPlacement } from './commit-placement.ts'
import { mustExist } from './must-exist.ts'
import { remembered, withUsers } from './regroup.ts'

/** Writes which enrollments a group lists. Those that join or leave, and their users, move to another cohort. */
export async function putGroup(
  name: string,
  members: readonly string[],
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    const before = await beginWrite(tx, write)
    const present = new Set(await tx.groupMembers(name))
    const wanted = new Set(members)
    const changed = [...present.symmetricDifference(wanted)]
    await mustExist(tx, [...wanted.difference(present)])
    const at = when(services)
    const edit = { kind: 'put-group', name } as const
    if (changed.length === 0) return commitIn(tx, edit, write, at)
    const { after } = await planIn(tx, edit, at.now)
    const channels = await withUsers(tx, changed)
    await tx.putGroupMembers(name, [...wanted])
    return commitPlacement(tx, { before, after }, await remembered(tx, channels), 'groups', write, at)
  })
}
