import { PredicateError } from '../predicate-error.ts'
import { limits } from '../source/limits.ts'
import type { Place } from '../source/place.ts'

/** The work that one evaluation may still do. */
export class Steps {
  #left: number = limits.steps

  spend(steps: number, at: Place): void {
    this.#left -= steps
    if (this.#left >= 0) return
    throw new PredicateError('evaluate', 'too-much-work', 'it takes too long for these values', at, {
      expected: `at most ${limits.steps} steps`,
    })
  }
}
