import { arithmetic } from '../operators/arithmetic.ts'
import type { Site } from '../runtime/site.ts'
import { isNumeric, type Numeric } from '../value/number.ts'
import type { Value } from '../value/value.ts'

/** The sum of numbers, in which a boolean counts as 0 or 1. */
export function sumOf(values: readonly Value[], who: string, site: Site): Numeric {
  let sum: Numeric = 0
  for (const value of values) sum = arithmetic('+', sum, numeric(value, who, site), site)
  return sum
}

export function numeric(value: Value | undefined, who: string, site: Site): Numeric {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (!isNumeric(value)) throw site.mismatch(who, 'numbers', value)
  return value
}
