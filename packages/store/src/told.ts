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

  get size(): number {
    return this.#waiting.size
  }

  add(told: Told): void {
    this.#waiting.set(told.enrollment, told)
  }

  /** Takes what waits, by enrollment id: the order in which rows are locked. */
  take(): readonly Told[] {
    const taken = [...this.#waiting.values()].sort((a, b) => (a.enrollment < b.enrollment ? -1 : 1))
    this.#waiting = new Map()
    return taken
  }
}
