/** Runs for every item, at most `limit` at the same time. Rejects with the first rejection; the rest is not begun then. */
export async function atOnce<T>(limit: number, items: Iterable<T>, run: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]()
  let failed = false
  const work = async (): Promise<void> => {
    for (let next = queue.next(); !failed && next.done !== true; next = queue.next()) {
      try {
        await run(next.value)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: limit }, work))
}
