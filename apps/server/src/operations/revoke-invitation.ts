import type { Invitation } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'

/** Takes an invitation back; devices that enrolled by it stay. @throws AdminError `invitation-missing` */
export async function revokeInvitation(
  id: string,
  { actor, action, subject: target, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<Invitation> {
  return store.transaction(async (tx) => {
    const at = now()
    await tx.revokeInvitation(id, at)
    const invitation = await tx.invitation({ id })
    if (invitation === undefined) {
      const remedy = 'look at the list of invitations for the right id'
      throw new AdminError('invitation-missing', `Cannot find invitation ${id}`, { found: id, remedy })
    }
    await tx.addAudit({ at, actor, action, target, revision: 0, detail })
    return invitation
  })
}
