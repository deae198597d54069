import type { StatusItemTable } from './problem.ts'

/** A table of the given names. */
export function statusItemTable(names: Iterable<string>): StatusItemTable {
  const known = new Set(names)
  return { has: (name) => known.has(name), names: () => known }
}
