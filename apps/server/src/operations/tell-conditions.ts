import { type Condition, conditionChanges, toldOf } from '@edict/core'
import type { Transaction } from '@edict/store'

/**
 * Tells those who follow how the conditions of a channel became what they are, in the transaction of what changed them: each event goes on
 * where the one before it of the same declaration ended. Where nothing was told before, the first of these is no news.
 *
 * @param id a channel that is locked
 * @param successive its conditions one after the other, the present ones last
 * @param at milliseconds since the epoch
 */
export async function tellConditions(
  tx: Transaction,
  id: string,
  successive: readonly (readonly Condition[])[],
  at: number,
): Promise<void> {
  const before = await tx.toldConditions(id)
  let told = before ?? toldOf(successive[0] ?? [])
  const changes = successive.flatMap((conditions) => {
    const found = conditionChanges(told, conditions)
    told = toldOf(conditions)
    return found
  })
  if (before !== undefined && changes.length === 0) return
  await tx.saveToldConditions(id, told)
  await tx.addEvents(changes.map((change) => ({ at, type: 'condition.changed', data: { enrollment: id, ...change } })))
}
