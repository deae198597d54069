import { type Declared, refusal } from '@edict/core'
import type { Transaction } from '@edict/store'
import { Refused } from './refused.ts'

/** The ids, all of which are enrollments. @throws Refused `enrollment-missing` for each that is none */
export async function mustExist(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const existing = await tx.existing(ids)
  const missing = ids.filter((id) => !existing.has(id))
  if (missing.length === 0) return ids
  const remedy = 'look at the list of enrollments for the right id'
  throw new Refused(
    missing.map((id) => refusal('enrollment-missing', `Cannot find enrollment ${id}`, { found: id, remedy })),
  )
}

/** @throws Refused `set-missing` */
export function mustHaveSet(declared: Declared, set: string): void {
  if (declared.sets.has(set)) return
  const evidence = { found: set, remedy: 'look at the list of sets for the right name' }
  throw new Refused([refusal('set-missing', `Cannot find set ${set}`, evidence)])
}
