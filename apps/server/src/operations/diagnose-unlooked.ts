import type { Services } from '../services.ts'

const NAME = 'diagnoses'
/** All nodes together go round so often, when there are few enough channels. */
const ROUND = 10 * 60_000
/** Who is looked at within this time anyway is left alone. */
const SOON = 60_000

/**
 * One go at finding channels that nobody is to look at though something may have changed: that were never looked at, that should have something
 * else since, or that were heard of and leave no trace. Of nodes that try at once one goes on. How far it came is kept.
 *
 * @returns the ids of channels that are to be looked at now; null when it was not this node's turn
 */
export async function diagnoseUnlooked(
  { store, now }: Pick<Services, 'store' | 'now'>,
  limit: number,
): Promise<readonly string[] | null> {
  const at = now()
  const from = await store.read.lap(NAME)
  if (from !== undefined && from.due > at) return null
  const position = from?.position ?? ''
  const { items, next } = await store.scan.channelDiagnoses(position === '' ? null : position, limit)
  const ids = items
    .filter(({ fresh, due }) => !fresh && (due === null || due > at + SOON))
    .map(({ enrollment }) => enrollment)
  const beganAt = from === undefined || position === '' ? at : from.beganAt
  const to =
    next === null
      ? { name: NAME, position: '', beganAt, due: Math.max(beganAt + ROUND, at) }
      : { name: NAME, position: next, beganAt, due: at }
  const isOurs = await store.transaction(async (tx) => {
    if (!(await tx.goOnLap(from, to))) return false
    await tx.lookAgain(ids, at)
    return true
  })
  return isOurs ? ids : null
}
