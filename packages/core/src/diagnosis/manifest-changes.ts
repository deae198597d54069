import type { ManifestChanges, NamedCount, Pair } from './trace-entry.ts'

/** As many are named as a person reads. */
const MOST_NAMED = 20

/** Compares what a manifest lists with what the one before it listed; nothing was before the first. */
export function manifestChanges(before: readonly Pair[], after: readonly Pair[]): ManifestChanges {
  const was = new Map(before.map((pair) => [nameOf(pair), pair.serverToken]))
  const is = new Map(after.map((pair) => [nameOf(pair), pair.serverToken]))
  const names = [...is.keys()]
  return {
    new: named(names.filter((name) => !was.has(name))),
    changed: named(names.filter((name) => was.has(name) && was.get(name) !== is.get(name))),
    gone: named([...was.keys()].filter((name) => !is.has(name))),
    known: names.filter((name) => was.get(name) === is.get(name)).length,
  }
}

function nameOf({ kind, identifier }: Pair): string {
  return `${kind}/${identifier}`
}

function named(names: readonly string[]): NamedCount {
  return { count: names.length, names: names.slice(0, MOST_NAMED) }
}
