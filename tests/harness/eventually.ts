/** In milliseconds, long enough for a busy machine: who waits for a fact loses nothing when it comes early. The soak waits for larger ones. */
const PATIENCE = Number(process.env.EDICT_TEST_PATIENCE ?? 45_000)

/** Waits for a fact: the first answer of `look` that is not undefined, null or false. */
export async function eventually<T>(what: string, look: () => Promise<T> | T): Promise<Exclude<NonNullable<T>, false>> {
  const until = performance.now() + PATIENCE
  let last: unknown
  while (performance.now() < until) {
    const found = await look()
    if (found) return found as Exclude<NonNullable<T>, false>
    last = found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`Waited ${PATIENCE / 1000} s in vain: ${what} (last: ${JSON.stringify(last)})`)
}
