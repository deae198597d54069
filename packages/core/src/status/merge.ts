import { type StatusItemName, statusItems } from '@edict/catalogue'
import { isRemoved, type Json, type JsonObject } from '@edict/protocol'
import { isObject, type ReportedItem } from './flatten.ts'

export const CAPABILITIES_ITEM = 'management.client-capabilities' satisfies StatusItemName
export const DECLARATIONS_ITEM = 'management.declarations' satisfies StatusItemName

/** What a report does to the merged state of one channel. */
export interface StatusChange {
  /** Items with their whole new value. */
  readonly put: readonly ReportedItem[]
  /** Items that a full report no longer carries. */
  readonly gone: readonly string[]
}

/**
 * Merges a report into what is known, item by item. Array items are known by `identifier`, `_removed` (or `removed`)
 * deletes; arrays whose items have no identifier are replaced whole. A full report replaces everything but the
 * capabilities, which change only by a report that carries them.
 *
 * @param known the present values, at least of the items in the report; for a full report all of them
 */
export function mergeStatus(
  known: ReadonlyMap<string, Json>,
  reported: readonly ReportedItem[],
  full: boolean,
): StatusChange {
  const carried = new Map<string, Json>()
  for (const { name, value } of reported) {
    carried.set(name, mergeItem(name, full ? undefined : (carried.get(name) ?? known.get(name)), value))
  }
  const gone = full ? [...known.keys()].filter((name) => !carried.has(name) && name !== CAPABILITIES_ITEM) : []
  return { put: [...carried].map(([name, value]) => ({ name, value })), gone }
}

function mergeItem(name: string, known: Json | undefined, value: Json): Json {
  if (name === DECLARATIONS_ITEM) return isObject(value) && isObject(known) ? { ...known, ...value } : value
  if (!Array.isArray(value) || !isIncremental(name, value)) return value
  return mergeArray(Array.isArray(known) ? known : [], value)
}

/**
 * A list that names nothing can only be whole. An empty one of a known incremental item says that nothing changed; of an
 * item that the catalogue does not know, that nothing is left.
 */
function isIncremental(name: string, value: readonly Json[]): boolean {
  const facts = statusItems.get(name)
  if (facts === undefined) return value.length > 0 && value.every(isNamed)
  return facts.identified && (value.length === 0 || value.some(isNamed))
}

function isNamed(item: Json): item is JsonObject {
  return isObject(item) && typeof item.identifier === 'string'
}

function mergeArray(known: readonly Json[], incoming: readonly Json[]): readonly Json[] {
  const merged = byName(known)
  for (const [name, item] of byName(incoming)) {
    if (isObject(item) && isRemoved(item)) merged.delete(name)
    else merged.set(name, item)
  }
  return [...merged.values()]
}

/** Of what stands there twice the last counts, so that the same list again changes nothing, not even the order. */
function byName(items: readonly Json[]): Map<string, Json> {
  return new Map(items.map((item) => [nameOf(item), item]))
}

/** An element without an identifier, which no schema allows here, is known by what it says. */
function nameOf(item: Json): string {
  if (isNamed(item)) return `identifier ${item.identifier}`
  return JSON.stringify(isObject(item) ? (item.identifier ?? item) : item)
}
