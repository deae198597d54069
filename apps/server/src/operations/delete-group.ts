import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, planIn, type Write } from './commit.ts'
import { commitPlacement } from './commit-placement.ts'
import { remembered, withUsers } from './regroup.ts'

/** Deletes a group that has no sets; its enrollments are in it no more. */
export async function deleteGroup(
  name: string,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    const before = await beginWrite(tx, write)
    const at = when(services)
    const { after } = await planIn(tx, { kind: 'delete-group', name }, at.now)
    const channels = await withUsers(tx, await tx.groupMembers(name))
    await tx.deleteGroup(name)
    return commitPlacement(tx, { before, after }, await remembered(tx, channels), 'groups', write, at)
  })
}
