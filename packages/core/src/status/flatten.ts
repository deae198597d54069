import { statusItems } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'

/** One status item as a report carries it. */
export interface ReportedItem {
  /** Dotted name, e.g. `device.operating-system.version`. */
  readonly name: string
  readonly value: Json
}

const NAME_LIMIT = 512
const ITEM_LIMIT = 10_000

/**
 * The items of a report, out of their nesting. A known item is taken whole; what the catalogue does not know is taken leaf
 * by leaf under its dotted name, so that any namespace is kept and can be asked for.
 */
export function reportedItems(items: JsonObject): readonly ReportedItem[] {
  const found: ReportedItem[] = []
  const visit = (prefix: string, value: Json): void => {
    if (found.length >= ITEM_LIMIT || prefix.length > NAME_LIMIT) return
    if (statusItems.has(prefix) || !isObject(value) || (Object.keys(value).length === 0 && prefix !== '')) {
      if (prefix !== '') found.push({ name: prefix, value })
      return
    }
    for (const [key, inner] of Object.entries(value)) visit(prefix === '' ? key : `${prefix}.${key}`, inner)
  }
  visit('', items)
  return found
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
