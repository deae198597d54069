/** Time, as the device knows it: milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Runs `run` once at `at`, or as soon as possible when that has passed; the result cancels it. */
  schedule(at: number, run: () => void): () => void
}

/** A clock that only moves when told to. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running what is due on the way, each at its own time, in order. */
  advance(ms: number): void
  /** When the next scheduled run is due. */
  next(): number | undefined
}

// A longer wait would overflow the 32 bits that timers have, and fire at once.
const longestWait = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(at, run) {
    let timer: NodeJS.Timeout
    const wait = (): void => {
      const left = at - Date.now()
      timer = setTimeout(left > longestWait ? wait : run, Math.min(Math.max(left, 0), longestWait))
    }
    wait()
    return () => clearTimeout(timer)
  },
}

interface Scheduled {
  readonly at: number
  readonly run: () => void
}

/** A clock for tests, standing at `start` (milliseconds since 1970). */
export function manualClock(start: number): ManualClock {
  let now = start
  const scheduled = new Set<Scheduled>()
  const earliest = (): Scheduled | undefined => {
    let first: Scheduled | undefined
    for (const entry of scheduled) if (first === undefined || entry.at < first.at) first = entry
    return first
  }
  return {
    now: () => now,
    schedule(at, run) {
      const entry = { at: Math.max(at, now), run }
      scheduled.add(entry)
      return () => {
        scheduled.delete(entry)
      }
    },
    advance(ms) {
      const until = now + ms
      for (let entry = earliest(); entry !== undefined && entry.at <= until; entry = earliest()) {
        scheduled.delete(entry)
        now = entry.at
        entry.run()
      }
      now = until
    },
    next: () => earliest()?.at,
  }
}
