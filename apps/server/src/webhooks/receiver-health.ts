import { RESTS_AFTER, receiverRest } from '@edict/core'

/** Keeps a receiver that fails for everybody from being asked by everybody. Instants in milliseconds since the epoch. */
export interface ReceiverHealth {
  /** How many deliveries may be under way now. */
  most(now: number): number
  /** Whether it had failed for everybody before. */
  taken(): boolean
  /** It could not, for one enrollment. @param after milliseconds that it asked for; null when it did not */
  failed(enrollment: string, after: number | null, now: number): void
}

/** Longest time that a receiver can keep everybody away, in milliseconds. */
const LONGEST_ASKED = 300_000

/**
 * @param most deliveries that may be under way while it is well; while it is not, one tries after each rest
 */
export function receiverHealth(most: number): ReceiverHealth {
  const failing = new Set<string>()
  let rests = 0
  let until = 0
  const isDown = () => failing.size >= RESTS_AFTER
  return {
    most: (now) => {
      if (now < until) return 0
      return isDown() ? 1 : most
    },
    taken: () => {
      const wasDown = isDown()
      failing.clear()
      rests = 0
      until = 0
      return wasDown
    },
    failed: (enrollment, after, now) => {
      failing.add(enrollment)
      if (failing.size > RESTS_AFTER) failing.delete(enrollment)
      // Those that were under way together are one failure.
      if (isDown() && now >= until) {
        until = now + receiverRest(rests)
        rests += 1
      }
      if (after !== null) until = Math.max(until, now + Math.min(after, LONGEST_ASKED))
    },
  }
}
