import type { Services } from '../services.ts'
import type { Write } from './commit.ts'
import { mustBeEnrolled } from './must-be-enrolled.ts'

/** Pushes one channel; with `resync` it is also offered DeclarativeManagement, behind or not. */
export async function nudge(
  id: string,
  resync: boolean,
  write: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  await store.transaction(async (tx) => {
    await mustBeEnrolled(tx, id)
    const at = now()
    const channels = await tx.lock([id])
    if (resync)
      await tx.saveEnrollments(
        channels.map(({ enrollment }) => ({ ...enrollment, sync: { ...enrollment.sync, resync: true } })),
      )
    await tx.wakeChannels([id], at, 'always')
    await tx.addAudit({
      at,
      actor: write.actor,
      action: write.action,
      target: write.subject,
      revision: 0,
      detail: write.detail,
    })
  })
}
