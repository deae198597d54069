import type { CombineType, ValueFacts } from '@edict/catalogue'
import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import { shown } from './payload/shown.ts'
import { escapePointer } from './references.ts'

/** A key to which two payloads give values that cannot both count. */
export interface Contradiction {
  /** JSON pointer into the declaration. */
  readonly at: string
  readonly name: string
  readonly left: string
  readonly right: string
  /** Which of them a device takes, in words. */
  readonly taken: string
}

const taken: { readonly [Combine in CombineType]: string | undefined } = {
  'boolean-and': 'false',
  'boolean-or': 'true',
  'number-max': 'the larger',
  'number-min': 'the smaller',
  'enum-first': 'the one that the schema lists first',
  'enum-last': 'the one that the schema lists last',
  first: 'the one that it comes to first',
  'set-intersection': 'only what both have: nothing',
  'set-union': undefined,
  'array-append': undefined,
}

/**
 * The keys whose values in two configurations of one type contradict each other. Lists that are joined never do; those of
 * which the common part counts do when they have none.
 *
 * @see apple:docs/schema.yaml (combinetype)
 */
export function contradictions(a: JsonObject, b: JsonObject, facts: ValueFacts | undefined): readonly Contradiction[] {
  return facts === undefined ? [] : compare(a, b, facts, '/Payload')
}

function compare(a: JsonObject, b: JsonObject, { keys = {} }: ValueFacts, at: string): readonly Contradiction[] {
  return Object.keys(a).flatMap((key): readonly Contradiction[] => {
    const [left, right] = [a[key], b[key]]
    const facts = Object.hasOwn(keys, key) ? keys[key] : undefined
    if (left === undefined || right === undefined || facts === undefined || !Object.hasOwn(b, key)) return []
    const place = `${at}/${escapePointer(key)}`
    if (facts.combine === undefined && isJsonObject(left) && isJsonObject(right)) {
      return compare(left, right, facts, place)
    }
    if (agree(left, right, facts.combine)) return []
    const words = facts.combine === undefined ? undefined : taken[facts.combine]
    if (facts.combine !== undefined && words === undefined) return []
    return [
      {
        at: place,
        name: key,
        left: shown(left),
        right: shown(right),
        taken: words ?? 'one of them, and does not say which',
      },
    ]
  })
}

function agree(left: Json, right: Json, combine: CombineType | undefined): boolean {
  if (canonical(left) === canonical(right)) return true
  if (combine !== 'set-intersection' || !Array.isArray(left) || !Array.isArray(right)) return false
  const texts = new Set(left.map((item) => canonical(item)))
  return right.some((item) => texts.has(canonical(item)))
}
