import { statusItems } from '@edict/catalogue'
import { isRemoved, type Json, type JsonObject } from '@edict/protocol'
import { isObject, type ReportedItem } from './flatten.ts'

export const CAPABILITIES_ITEM = 'management.client-capabilities'
export const DECLARATIONS_ITEM = 'management.declarations'

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

/** Unknown items are incremental when every element names itself: a list that names nothing can only be whole. */
function isIncremental(name: string, value: readonly Json[]): boolean {
  const facts = statusItems.get(name)
  if (facts !== undefined) return facts.identified
  return value.length > 0 && value.every((item) => isObject(item) && typeof item.identifier === 'string')
}

function mergeArray(known: readonly Json[], incoming: readonly Json[]): readonly Json[] {
  const merged = new Map<string, Json>()
  for (const item of known) if (isObject(item)) merged.set(identifierOf(item), item)
  for (const item of incoming) {
    if (!isObject(item)) continue
    const identifier = identifierOf(item)
    if (isRemoved(item)) merged.delete(identifier)
    else merged.set(identifier, item)
  }
  return [...merged.values()]
}

function identifierOf(item: JsonObject): string {
  const identifier = item.identifier
  return typeof identifier === 'string' ? identifier : JSON.stringify(identifier ?? null)
}
