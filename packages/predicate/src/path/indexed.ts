import type { Site } from '../runtime/site.ts'
import { isDictionary, ownValue } from '../value/dictionary.ts'
import { describe, isArray } from '../value/kind.ts'
import { isNumeric, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'

const collections = 'an array or a dictionary'

/** `[n]` of an array, which must have such an element, or `['key']` of a dictionary. Nothing has no index. */
export function indexed(value: Value | undefined, index: Value | undefined, site: Site): Value | undefined {
  if (isDictionary(value)) return typeof index === 'string' ? ownValue(value, index) : undefined
  if (!isArray(value)) throw site.mismatch('an index', collections, value)
  if (!isNumeric(index)) throw site.mismatch('an index of an array', 'a number', index)
  const at = toDouble(index)
  if (!Number.isInteger(at) || at < 0 || at >= value.length) {
    const expected = value.length === 0 ? 'an array with elements' : `0 to ${value.length - 1}`
    throw site.failure('index-out-of-range', `there is no element ${at}`, { found: String(at), expected })
  }
  return value[at]
}

/** `[FIRST]` and `[LAST]` of an array, nil if it is empty; `[SIZE]` of an array or dictionary. */
export function indexedBy(word: 'FIRST' | 'LAST' | 'SIZE', value: Value | undefined, site: Site): Value | undefined {
  if (word === 'SIZE' && isDictionary(value)) return Object.keys(value).length
  if (!isArray(value)) throw site.failure('not-a-collection', `[${word}] needs an array, found ${describe(value)}`)
  if (word === 'SIZE') return value.length
  return value[word === 'FIRST' ? 0 : value.length - 1]
}
