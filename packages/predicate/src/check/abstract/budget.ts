/** How many comparisons with a constant one check may still try out; what is beyond is not looked at. */
export class Budget {
  #left: number

  constructor(comparisons: number) {
    this.#left = comparisons
  }

  /** Whether there was enough left, which is taken. */
  take(comparisons: number): boolean {
    if (comparisons > this.#left) return false
    this.#left -= comparisons
    return true
  }
}
