import type { Clock } from '@edict/device'

/** A clock that goes on by itself and can be moved on: what was to happen meanwhile happens at once. */
export class PassingClock implements Clock {
  #ahead = 0
  readonly #waiting = new Set<Waiting>()

  readonly now = (): number => Date.now() + this.#ahead

  schedule(at: number, run: () => void): () => void {
    const waiting: Waiting = { at, run, timer: undefined }
    this.#waiting.add(waiting)
    this.#arm(waiting)
    return () => {
      clearTimeout(waiting.timer)
      this.#waiting.delete(waiting)
    }
  }

  /** Moves on by so many milliseconds. */
  pass(ms: number): void {
    this.#ahead += ms
    for (const waiting of this.#waiting) this.#arm(waiting)
  }

  #arm(waiting: Waiting): void {
    clearTimeout(waiting.timer)
    const run = () => {
      if (waiting.at > this.now()) return this.#arm(waiting)
      this.#waiting.delete(waiting)
      waiting.run()
    }
    waiting.timer = setTimeout(run, Math.min(Math.max(waiting.at - this.now(), 0), LONGEST))
  }
}

interface Waiting {
  readonly at: number
  readonly run: () => void
  timer: NodeJS.Timeout | undefined
}

/** Longer than this timers cannot wait. */
const LONGEST = 2 ** 31 - 1
