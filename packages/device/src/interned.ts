const limit = 4096

/** A cache for a whole process, of values that many devices have in common; the oldest give way. */
export function interned<V>(make: (key: string) => V): (key: string) => V {
  const values = new Map<string, V>()
  return (key) => {
    const found = values.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (values.size >= limit) for (const oldest of [...values.keys()].slice(0, limit / 4)) values.delete(oldest)
    values.set(key, made)
    return made
  }
}
