import { numberText } from '../path/scalar-keys.ts'
import type { Site } from '../runtime/site.ts'
import { describe } from '../value/kind.ts'
import { isNumeric, leadingNumber, real, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'

/** Seconds from 1970 to 2001, where Foundation's dates count from. */
const REFERENCE_DATE = 978_307_200

/** The type names that CAST knows. */
export const castTypes = ['NSNumber', 'NSString', 'NSDate'] as const

/** `CAST(value, 'NSNumber' | 'NSString' | 'NSDate')`; nil stays nil, and a date is seconds since 2001. */
export function cast(value: Value | undefined, type: Value | undefined, site: Site): Value | undefined {
  const known = castTypes.find((name) => name === type)
  if (!known) {
    const found = typeof type === 'string' ? type.slice(0, 100) : describe(type)
    throw site.failure('cast-type', `CAST knows no type ${found}`, { found, expected: castTypes.join(', ') })
  }
  if (value === undefined) return undefined
  const plain = typeof value === 'boolean' ? Number(value) : value
  const result = { NSNumber: toNumber, NSString: toText, NSDate: toDate }[known](plain)
  if (result === undefined) throw site.mismatch(`CAST to ${known}`, 'a value that can become one', value)
  return result
}

function toNumber(value: Value): Value | undefined {
  if (isNumeric(value)) return value
  if (value instanceof Date) return real(value.getTime() / 1000 - REFERENCE_DATE)
  const number = typeof value === 'string' ? leadingNumber(value) : undefined
  return number === undefined || Number.isInteger(number) ? number : real(number)
}

function toText(value: Value): Value | undefined {
  if (isNumeric(value)) return numberText(value)
  return typeof value === 'string' ? value : undefined
}

function toDate(value: Value): Value | undefined {
  if (isNumeric(value)) return new Date((toDouble(value) + REFERENCE_DATE) * 1000)
  return value instanceof Date ? value : undefined
}
