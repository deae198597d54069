import type { Clock } from './clock.ts'

/** One thing to be done at one time, at most. */
export class Timer {
  readonly #clock: Clock
  readonly #run: () => void
  #cancel: (() => void) | null = null

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock
    this.#run = run
  }

  get isSet(): boolean {
    return this.#cancel !== null
  }

  /** Replaces the time set before. */
  set(at: number): void {
    this.clear()
    this.#cancel = this.#clock.schedule(at, () => {
      this.#cancel = null
      this.#run()
    })
  }

  clear(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
