import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'

/** Deletes a set that nobody has. */
export async function deleteSet(
  name: string,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    await beginWrite(tx, write)
    return commitIn(tx, { kind: 'delete-set', name, usedBy: await tx.enrollmentsWithSet(name) }, write, when(services))
  })
}
