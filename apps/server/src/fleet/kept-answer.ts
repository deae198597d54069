/** How long an answer is given again: so many times as long as it took to make. */
const RESTS = 4

/**
 * Gives an answer that takes long to make. Whoever asks while it is made waits for it; whoever asks soon after gets the same again. So
 * however many ask, and however often, making it takes one part in five of the time, and what is given is never older than five times
 * what it takes. What could not be made is not kept.
 *
 * @param clock milliseconds, of a clock that only goes forward
 */
export function keptAnswer<T>(clock: () => number): (make: () => Promise<T>) => Promise<T> {
  let making: Promise<T> | null = null
  let kept: { readonly answer: T; readonly until: number } | null = null
  return (make) => {
    if (making !== null) return making
    if (kept !== null && clock() < kept.until) return Promise.resolve(kept.answer)
    const begun = clock()
    making = make()
      .then((answer) => {
        kept = { answer, until: clock() + RESTS * (clock() - begun) }
        return answer
      })
      .finally(() => {
        making = null
      })
    return making
  }
}
