import type { CollectionOperator } from '../ast/nodes.ts'
import { largest, smallest } from '../functions/extremes.ts'
import { sumOf } from '../functions/sum.ts'
import { DistinctValues } from '../operators/distinct.ts'
import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { isDictionary } from '../value/dictionary.ts'
import { isArray } from '../value/kind.ts'
import { real, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'

/** `.@count`: the number of elements; of nothing, nothing. */
export function countOf(value: Value | undefined, site: Site): Value | undefined {
  if (value === undefined) return undefined
  if (isArray(value)) return value.length
  if (isDictionary(value)) return Object.keys(value).length
  throw site.mismatch('@count', 'an array or a dictionary', value)
}

export type ElementRead = (element: Value) => Value | undefined

/** The other operators, over what the rest of the path gives for each element; elements that give nothing are skipped. */
export function collected(
  operator: Exclude<CollectionOperator, 'count'>,
  value: Value | undefined,
  rest: ElementRead | undefined,
  site: Site,
  steps: Steps,
): Value | undefined {
  if (value === undefined) return undefined
  if (!isArray(value)) throw site.mismatch(`@${operator}`, 'an array', value)
  if (!rest) {
    throw site.failure('path-incomplete', `@${operator} needs a key after it (#self for the elements themselves)`)
  }
  steps.spend(value.length, site.at)
  const nested = operator.endsWith('Arrays') || operator.endsWith('Sets')
  const values = present(nested ? flattened(operator, value, site, steps) : value, rest)
  switch (operator) {
    case 'sum':
      return sumOf(values, '@sum', site)
    case 'avg':
      return values.length === 0 ? 0 : real(toDouble(sumOf(values, '@avg', site)) / values.length)
    case 'min':
      return smallest(values, '@min', site, steps)
    case 'max':
      return largest(values, '@max', site, steps)
    default:
      return operator.startsWith('distinct') ? distinct(values, site, steps) : values
  }
}

function present(elements: readonly Value[], rest: ElementRead): readonly Value[] {
  return elements.map(rest).filter((value): value is Exclude<Value, null> => value !== undefined && value !== null)
}

function flattened(operator: string, arrays: readonly Value[], site: Site, steps: Steps): readonly Value[] {
  return arrays.flatMap((array) => {
    if (!isArray(array)) throw site.mismatch(`@${operator}`, 'an array of arrays', array)
    steps.spend(array.length, site.at)
    return array
  })
}

function distinct(values: readonly Value[], site: Site, steps: Steps): readonly Value[] {
  const found = new DistinctValues(site, steps)
  for (const value of values) found.add(value)
  return found.values
}
