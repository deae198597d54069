import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { limits } from '../source/limits.ts'
import { isDictionary, namedValue, ownValue } from '../value/dictionary.ts'
import { describe, isArray } from '../value/kind.ts'
import { isNumeric } from '../value/number.ts'
import type { Dictionary, Value } from '../value/value.ts'
import { scalarKey } from './scalar-keys.ts'

/**
 * `.name` as Key-Value Coding has it: nil gives nil, an array gives its elements' values (null where one has none), a
 * dictionary its value, a string or number one of the few keys it knows; all else is an error.
 */
export function keyed(value: Value | undefined, name: string, site: Site, steps: Steps): Value | undefined {
  return stepped(value, name, (dictionary) => ownValue(dictionary, name), site, steps)
}

/** `.@key(name)`: the same, where the name may hold dashes, and dots that lead into nested dictionaries. */
export function itemKeyed(value: Value | undefined, name: string, site: Site, steps: Steps): Value | undefined {
  return stepped(value, name, (dictionary) => namedValue(dictionary, name), site, steps)
}

function stepped(
  value: Value | undefined,
  name: string,
  inside: (dictionary: Dictionary) => Value | undefined,
  site: Site,
  steps: Steps,
  depth = 0,
): Value | undefined {
  if (value === undefined) return undefined
  if (depth > limits.depth) throw site.failure('value-too-deep', 'the arrays are nested too deeply')
  steps.spend(1, site.at)
  if (isArray(value)) return value.map((element) => stepped(element, name, inside, site, steps, depth + 1) ?? null)
  if (isDictionary(value)) return inside(value)
  if (name === 'self') return value
  if (typeof value === 'string' || typeof value === 'boolean' || isNumeric(value)) {
    return scalarKey(value, name, describe(value), site)
  }
  const found = describe(value)
  throw site.failure('key-unknown', `${found} has no key ${name}`, { found, expected: 'a dictionary or an array' })
}
