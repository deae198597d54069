import type { ValueShape } from './value-shape.ts'

/**
 * What the checker is told about the world. Which status items exist is needed; each of the rest makes further checks
 * possible and may be left out.
 */
export interface StatusItemTable {
  has(name: string): boolean
  names(): Iterable<string>
  /** What a status item reports; undefined where that is not known. */
  value?(name: string): ValueShape | undefined
  /** Whether every device that evaluates predicates has the item, so that it is never absent. */
  isEverywhere?(name: string): boolean
  /** The targets that do not have the item, each as a person would call it: `macOS 15.0`. */
  unavailableOn?(name: string): readonly string[]
  /** Whether something subscribes to the item. */
  isSubscribed?(name: string): boolean
  /** Every property that is set somewhere, with the shapes of its values. */
  readonly properties?: ReadonlyMap<string, readonly ValueShape[]>
  /** Identifiers of the activation that the predicate is for, and of what it activates. */
  readonly own?: ReadonlySet<string>
}

/** A table of the given names. */
export function statusItemTable(names: Iterable<string>): StatusItemTable {
  const known = new Set(names)
  return { has: (name) => known.has(name), names: () => known }
}
