import { isLapDay, wakeTarget } from '@edict/core'
import type { Services } from '../services.ts'

const NAME = 'silent'
const DAY = 86_400_000
/** Channels that are looked at in one go, and how often: a million in less than a day. */
const PAGE = 1000
const EVERY = 60_000

type Uses = Pick<Services, 'store' | 'now' | 'log'>

/**
 * One go at the channels that are silent for more than a day: those that are behind or have commands that wait are pushed, unless they come
 * first. All nodes together go round once a day, some at a time; of those that try at once one goes on. How far it came is kept.
 *
 * @returns the ids of channels that are to be pushed; null when it was not this node's turn
 */
export async function sweepSilent({ store, now }: Pick<Uses, 'store' | 'now'>, limit = PAGE) {
  const at = now()
  const from = await store.read.lap(NAME)
  if (from !== undefined && from.due > at) return null
  const position = from?.position ?? ''
  const { items, next } = await store.scan.channels(position === '' ? null : position, limit)
  const silent = items.filter(({ enrollment }) => isLapDay(enrollment, at))
  const waiting = await store.read.waiting(silent.map(({ enrollment }) => enrollment.id))
  const ids = silent
    .filter(({ enrollment, common }) => waiting.has(enrollment.id) || wakeTarget(enrollment, common, at) !== null)
    .map(({ enrollment }) => enrollment.id)
  const beganAt = from === undefined || position === '' ? at : from.beganAt
  const to =
    next === null
      ? { name: NAME, position: '', beganAt, due: Math.max(beganAt + DAY, at) }
      : { name: NAME, position: next, beganAt, due: at }
  const isOurs = await store.transaction(async (tx) => {
    if (!(await tx.goOnLap(from, to))) return false
    await tx.wakeUnseen(ids, at, at, 'always')
    return true
  })
  return isOurs ? ids : null
}

/** Goes on now and then until stopped. */
export function startSilentSweep(services: Uses): () => void {
  const timer = setInterval(() => {
    sweepSilent(services).catch((error: unknown) => services.log.error({ err: error }, 'sweep of silent channels'))
  }, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
