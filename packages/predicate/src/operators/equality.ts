import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { limits } from '../source/limits.ts'
import { isDictionary } from '../value/dictionary.ts'
import { isArray } from '../value/kind.ts'
import { magnitude } from '../value/number.ts'
import type { Dictionary, Value } from '../value/value.ts'
import { type Fold, foldFor, textSteps } from './fold.ts'
import type { OperatorMaker } from './operator.ts'

/** `==`: nil equals nil; values of different kinds differ, except that a boolean is 0 or 1. Options act on two strings. */
export const equals: OperatorMaker = (site, options) => {
  const fold = foldFor(options)
  return (left, right, steps) => {
    if (typeof left === 'string' && typeof right === 'string') return sameText(left, right, fold, site, steps)
    return equal(left, right, site, steps)
  }
}

/** `!=`: not `==`, so a missing value differs from every value. */
export const differs: OperatorMaker = (site, options) => {
  const same = equals(site, options)
  return (left, right, steps) => !same(left, right, steps)
}

function sameText(left: string, right: string, fold: Fold, site: Site, steps: Steps): boolean {
  steps.spend(textSteps(left, right), site.at)
  return fold(left) === fold(right)
}

/** Equality of values without options: arrays in order, dictionaries whole, texts by code unit. */
export function equal(left: Value | undefined, right: Value | undefined, site: Site, steps: Steps, depth = 0): boolean {
  steps.spend(1, site.at)
  if (depth > limits.depth) throw site.failure('value-too-deep', 'the values are nested too deeply to compare')
  const number = magnitude(left)
  if (number !== undefined) {
    const other = magnitude(right)
    return other !== undefined && number <= other && number >= other
  }
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime()
  if (isArray(left)) {
    if (!isArray(right) || left.length !== right.length) return false
    return left.every((element, index) => equal(element, right[index], site, steps, depth + 1))
  }
  if (isDictionary(left)) return isDictionary(right) && equalDictionaries(left, right, site, steps, depth)
  return left === right
}

function equalDictionaries(left: Dictionary, right: Dictionary, site: Site, steps: Steps, depth: number): boolean {
  const keys = Object.keys(left)
  steps.spend(keys.length, site.at)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key], site, steps, depth + 1))
}
