import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { isDictionary } from '../value/dictionary.ts'
import { isArray } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { equal } from './equality.ts'
import { foldFor, textSteps } from './fold.ts'
import type { OperatorMaker } from './operator.ts'

/** `CONTAINS`: a string in a string, an element in an array, a value in a dictionary; nil on either side is false. */
export const contains: OperatorMaker = (site, options) => {
  const fold = foldFor(options)
  return (container, needle, steps) => {
    if (needle === undefined || container === undefined) return false
    if (typeof container !== 'string') return isMember(needle, container, site, steps)
    if (typeof needle !== 'string') throw site.mismatch('searching a string', 'a string', needle)
    steps.spend(textSteps(container, needle), site.at)
    return isSubstring(fold(needle), fold(container))
  }
}

/** `IN`: CONTAINS, the other way round. */
export const isIn: OperatorMaker = (site, options) => {
  const containing = contains(site, options)
  return (needle, container, steps) => containing(container, needle, steps)
}

/** Elements compare as `==` does without options, as other implementations have it. */
function isMember(needle: Value, container: Value, site: Site, steps: Steps): boolean {
  if (isArray(container)) return container.some((element) => equal(needle, element, site, steps))
  if (isDictionary(container)) return Object.values(container).some((element) => equal(needle, element, site, steps))
  throw site.failure('not-a-collection', 'the container is no collection and no string', {
    expected: 'an array, a dictionary or a string',
  })
}

/** An empty needle is never found. Linear in both lengths, which the built-in search is not for every needle. */
function isSubstring(needle: string, text: string): boolean {
  if (needle === '') return false
  if (needle.length < 32) return text.includes(needle)
  const borders = borderTable(needle)
  let matched = 0
  for (let at = 0; at < text.length; at += 1) {
    while (matched > 0 && text.charCodeAt(at) !== needle.charCodeAt(matched)) matched = borders[matched - 1] ?? 0
    if (text.charCodeAt(at) === needle.charCodeAt(matched)) matched += 1
    if (matched === needle.length) return true
  }
  return false
}

/** For each prefix, the length of its longest proper prefix that is also its suffix (Knuth, Morris, Pratt). */
function borderTable(needle: string): Uint32Array {
  const borders = new Uint32Array(needle.length)
  let length = 0
  for (let at = 1; at < needle.length; at += 1) {
    while (length > 0 && needle.charCodeAt(at) !== needle.charCodeAt(length)) length = borders[length - 1] ?? 0
    if (needle.charCodeAt(at) === needle.charCodeAt(length)) length += 1
    borders[at] = length
  }
  return borders
}
