import DataLoader from 'dataloader'

/**
 * Reads by key. Those asked for within one turn of the event loop are read at once, as their devices' requests came in together.
 * Nothing is remembered from one turn to the next.
 *
 * @throws what the read throws, each that was asked for with the others
 */
export function together<T>(
  one: (key: string) => Promise<T | undefined>,
  several: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (key: string) => Promise<T | undefined> {
  const loader = new DataLoader<string, T | undefined>(
    async (keys) => {
      const [first] = keys
      if (first !== undefined && keys.length === 1) return [await one(first)]
      const found = await several(keys)
      return keys.map((key) => found.get(key))
    },
    { cache: false, maxBatchSize: 500, batchScheduleFn: (read) => setImmediate(read) },
  )
  return (key) => loader.load(key)
}
