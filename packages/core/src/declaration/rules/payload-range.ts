import { nearest, type ValueFacts } from '@edict/catalogue'
import type { Json } from '@edict/protocol'
import { type Problem, refusal } from '../../problem.ts'
import { allowedValues, expectedValue, rangeInWords } from '../payload/expected-value.ts'
import type { PayloadPlace, PayloadRule } from '../payload/payload-place.ts'
import { shown } from '../payload/shown.ts'

/**
 * A value is one of those listed, or within the limits, of Apple's schema; an array has as many items as may be. A default
 * always passes, also where Apple's own lies outside the range (DeclarativeStatusInterval of content-cache.settings is
 * 0 or 300 to 86400).
 *
 * @see apple:docs/schema.yaml (rangelist, range, repetition)
 */
export const payloadRange: PayloadRule = (place) => {
  const { value, facts, notation, at } = place
  if (!notation.hasType(value, facts.type) || value === facts.default) return []
  if (Array.isArray(value)) return repetition(place, value.length)
  if (typeof value !== 'number' && typeof value !== 'string') return []
  const near = nearestAllowed(value, facts)
  if (near === value) return []
  return [
    refusal('payload-range', `Cannot use ${shown(value)} for ${place.name}: it has to be ${expectedValue(facts)}`, {
      at,
      found: value,
      expected: expectedValue(facts),
      ...(near === undefined ? {} : { remedy: `the nearest is ${near}` }),
    }),
  ]
}

/** The value itself when it is allowed; otherwise the one nearest to it, when there is one. */
function nearestAllowed(value: string | number, facts: ValueFacts): string | number | undefined {
  const values = allowedValues(facts)
  if (values !== undefined) return values.includes(value) ? value : nearestOf(value, values)
  return typeof value === 'number' ? within(value, facts) : value
}

function nearestOf(value: string | number, values: readonly (string | number)[]): string | number | undefined {
  if (typeof value === 'string') return nearest(value, values.map(String))
  const numbers = values.filter((other) => typeof other === 'number')
  return numbers.sort((a, b) => Math.abs(a - value) - Math.abs(b - value))[0]
}

function within(value: number, { range = {} }: Pick<ValueFacts, 'range'>): number {
  const { min = value, max = Math.max(min, value) } = range
  return Math.min(max, Math.max(min, value))
}

function repetition({ facts, at, name }: PayloadPlace, found: number): readonly Problem[] {
  const range = facts.item?.repetition
  if (range === undefined || within(found, { range }) === found) return []
  const expected = `${rangeInWords(range).trim()} items`
  return [
    refusal('payload-range', `Cannot use ${found} items for ${name}: it has to be ${expected}`, {
      at,
      found: found as Json,
      expected,
    }),
  ]
}
