import type { Instant } from '@edict/core'

/** A token that `tokens` answered to a channel. */
export interface Told {
  readonly enrollment: string
  readonly period: number
  readonly token: string
  readonly at: Instant
}

/** Tokens told that are not written yet: of each channel the last. */
export class ToldQueue {
  #waiting = new Map<string, Told>()
  /** What was taken last: perhaps not written yet. */
  #taken: ReadonlyMap<string, Told> = new Map()

  get size(): number {
    return this.#waiting.size
  }

  /** @param again the stored row says the same, so that only what may still be written after it makes this note needed */
  add(told: Told, again: boolean): void {
    const { enrollment } = told
    if (again && !this.#waiting.has(enrollment) && !this.#taken.has(enrollment)) return
    this.#waiting.set(enrollment, told)
  }

  /** Takes what waits, by enrollment id: the order in which rows are locked. */
  take(): readonly Told[] {
    const taken = [...this.#waiting.values()].sort((a, b) => (a.enrollment < b.enrollment ? -1 : 1))
    this.#taken = this.#waiting
    this.#waiting = new Map()
    return taken
  }
}
