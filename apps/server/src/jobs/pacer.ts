import { setTimeout as delay } from 'node:timers/promises'

/** Resolves at most `rate` times a second, evenly, in the order of the calls: to true, and to false at once when `halted`. */
export function pacer(rate: number, halted: AbortSignal): () => Promise<boolean> {
  const interval = 1000 / rate
  let next = 0
  return async () => {
    const now = performance.now()
    next = Math.max(next + interval, now)
    if (next - now > 5) await delay(next - now, undefined, { signal: halted }).catch(() => undefined)
    return !halted.aborted
  }
}
