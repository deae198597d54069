import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '@edict/protocol'
import { nest } from './nest.ts'

/**
 * What the server is known to have. A print is what a 200 acknowledged; null means that it was sent and nobody knows
 * whether it arrived, so it has to be sent again even when it has gone back to what it was.
 */
export interface Reported {
  /** Whole values by item. */
  readonly values: Map<string, string | null>
  /** Objects of incremental arrays by item and identifier. */
  readonly objects: Map<string, Map<string, string | null>>
  /** Items that cannot be reported, and whether the server was told. */
  readonly errors: Map<string, string | null>
  /** The first report of an enrollment, which carries facts that nobody subscribed to, was acknowledged. */
  introduced: boolean
}

export function nothingReported(): Reported {
  return { values: new Map(), objects: new Map(), errors: new Map(), introduced: false }
}

export type Change =
  | { readonly kind: 'value'; readonly item: string; readonly value: Json; readonly print: string }
  | {
      readonly kind: 'objects'
      readonly item: string
      readonly current: readonly (readonly [id: string, object: JsonObject, print: string])[]
      readonly gone: readonly string[]
    }
  | { readonly kind: 'error'; readonly item: string; readonly print: string }

/** A short text that stands for a value: the same for equal values, and cheap to keep for thousands of devices. */
function printOf(value: Json): string {
  const text = JSON.stringify(value)
  return text.length <= 32 ? text : createHash('sha256').update(text).digest('base64url')
}

/** The change of one item since it was acknowledged, or undefined. With `all`, everything there is to say about it. */
export function valueChange(
  item: string,
  value: Json | undefined,
  reported: Reported,
  all: boolean,
): Change | undefined {
  if (value === undefined) return undefined
  const print = printOf(value)
  return !all && reported.values.get(item) === print ? undefined : { kind: 'value', item, value, print }
}

/** The same for an array whose objects have identifiers. An item never reported is reported even when it is empty. */
export function objectsChange(
  item: string,
  objects: readonly JsonObject[],
  reported: Reported,
  all: boolean,
): Change | undefined {
  const known = reported.objects.get(item)
  const printed = objects.map((object) => [String(object.identifier), object, printOf(object)] as const)
  const present = new Set(printed.map(([id]) => id))
  const current = printed.filter(([id, , print]) => all || known?.get(id) !== print)
  const gone = all ? [] : [...(known?.keys() ?? [])].filter((id) => !present.has(id))
  const nothingNew = current.length === 0 && gone.length === 0
  return known !== undefined && nothingNew && !all ? undefined : { kind: 'objects', item, current, gone }
}

export function errorChange(item: string, reported: Reported, all: boolean): Change | undefined {
  return !all && reported.errors.get(item) === 'told' ? undefined : { kind: 'error', item, print: 'told' }
}

/** Before sending: until the answer is there, nobody knows what the server has of these. */
export function markSent(changes: readonly Change[], reported: Reported): void {
  for (const change of changes) {
    if (change.kind === 'value') reported.values.set(change.item, null)
    else if (change.kind === 'error') reported.errors.set(change.item, null)
    // An array that is empty has been reported only once that was acknowledged.
    else if (change.current.length > 0 || change.gone.length > 0) {
      const known = objectsOf(reported, change.item)
      for (const [id] of change.current) known.set(id, null)
      for (const id of change.gone) known.set(id, null)
    }
  }
}

/** After a 200. A full report replaces everything the server knew. */
export function markAcknowledged(changes: readonly Change[], reported: Reported, full: boolean): void {
  if (full) {
    reported.values.clear()
    reported.objects.clear()
    reported.errors.clear()
  }
  reported.introduced = true
  for (const change of changes) {
    if (change.kind === 'value') reported.values.set(change.item, change.print)
    else if (change.kind === 'error') reported.errors.set(change.item, change.print)
    else {
      const known = objectsOf(reported, change.item)
      for (const [id, , print] of change.current) known.set(id, print)
      for (const id of change.gone) known.delete(id)
    }
  }
}

/** Items that are no longer subscribed to. When they come back, the server is told all of them, and what went meanwhile. */
export function keepOnly(items: ReadonlySet<string>, reported: Reported): void {
  for (const item of reported.values.keys()) if (!items.has(item)) reported.values.set(item, null)
  for (const item of reported.errors.keys()) if (!items.has(item)) reported.errors.delete(item)
  for (const [item, known] of reported.objects) {
    if (!items.has(item)) for (const id of known.keys()) known.set(id, null)
  }
}

/** Nests values by their dotted names, as StatusItems has them. */
export function statusItemsOf(changes: readonly Change[], removedKey: string): JsonObject {
  const root: Record<string, Json> = {}
  for (const change of changes) {
    if (change.kind === 'error') continue
    const value =
      change.kind === 'value'
        ? change.value
        : [
            ...change.current.map(([, object]) => object),
            ...change.gone.map((id) => ({ identifier: id, [removedKey]: true })),
          ]
    nest(root, change.item.split('.'), value)
  }
  return root
}

function objectsOf(reported: Reported, item: string): Map<string, string | null> {
  const known = reported.objects.get(item) ?? new Map<string, string | null>()
  reported.objects.set(item, known)
  return known
}
