import { limits } from '../source/limits.ts'
import { isArray } from './kind.ts'
import type { Dictionary, Value } from './value.ts'

export function isDictionary(value: Value | undefined): value is Dictionary {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A dictionary's own value for a key; what JavaScript objects inherit is not there. */
export function ownValue(dictionary: Dictionary, key: string): Value | undefined {
  return Object.hasOwn(dictionary, key) ? dictionary[key] : undefined
}

/**
 * The value of a dotted name. The longest run of segments that is a key counts, then the rest below it: `a.b.c` is found
 * at `{'a.b.c'}`, `{'a.b': {c}}` or `{a: {b: {c}}}`. An array on the way gives the array of its elements' values.
 */
export function namedValue(value: Value | undefined, name: string, depth = 0): Value | undefined {
  if (depth > limits.depth) return undefined
  if (isArray(value)) return value.map((element) => namedValue(element, name, depth + 1) ?? null)
  if (!isDictionary(value)) return undefined
  if (Object.hasOwn(value, name)) return value[name]
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const head = name.slice(0, dot)
    if (Object.hasOwn(value, head)) return namedValue(value[head], name.slice(dot + 1), depth + 1)
  }
  return undefined
}
