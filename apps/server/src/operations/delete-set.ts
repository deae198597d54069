import type { Services } from '../services.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'

/** Deletes a set that nobody has. */
export async function deleteSet(
  name: string,
  write: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<Committed> {
  return store.transaction(async (tx) => {
    await beginWrite(tx, write)
    return commitIn(tx, { kind: 'delete-set', name, usedBy: await tx.enrollmentsWithSet(name) }, write, now())
  })
}
