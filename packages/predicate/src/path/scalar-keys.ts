import type { Site } from '../runtime/site.ts'
import { isNumeric, leadingNumber, type Numeric, real, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'

/** The keys that Foundation's strings answer, as far as they make sense here. */
const stringKeys: ReadonlyMap<string, (text: string) => Value> = new Map<string, (text: string) => Value>([
  ['length', (text) => text.length],
  ['doubleValue', (text) => real(leadingNumber(text) ?? 0)],
  ['floatValue', (text) => real(Math.fround(leadingNumber(text) ?? 0))],
  ['intValue', leadingInteger],
  ['integerValue', leadingInteger],
  ['longLongValue', leadingInteger],
  ['boolValue', (text) => /^\s*[+-]?0*[YyTt1-9]/.test(text)],
  ['lowercaseString', (text) => text.toLowerCase()],
  ['uppercaseString', (text) => text.toUpperCase()],
])

/** The keys that Foundation's numbers answer. */
const numberKeys: ReadonlyMap<string, (number: Numeric) => Value> = new Map<string, (number: Numeric) => Value>([
  ['doubleValue', (number) => real(toDouble(number))],
  ['floatValue', (number) => real(Math.fround(toDouble(number)))],
  ['intValue', whole],
  ['integerValue', whole],
  ['longLongValue', whole],
  ['boolValue', (number) => toDouble(number) !== 0],
  ['stringValue', numberText],
])

/** The value of a key of a string, number or boolean; an unknown one is an error. */
export function scalarKey(value: string | boolean | Numeric, name: string, who: string, site: Site): Value {
  const found =
    typeof value === 'string'
      ? stringKeys.get(name)?.(value)
      : numberKeys.get(name)?.(isNumeric(value) ? value : Number(value))
  if (found !== undefined) return found
  throw site.failure('key-unknown', `${who} has no key ${name}`, { found: who, expected: 'a dictionary or an array' })
}

/** A number as text, the way `stringValue` gives it: `2.0` is `2`. */
export function numberText(number: Numeric): string {
  return String(typeof number === 'bigint' ? number : toDouble(number))
}

function leadingInteger(text: string): number {
  return Number(/^\s*([+-]?\d{1,15})/.exec(text.slice(0, 400))?.[1] ?? 0)
}

function whole(number: Numeric): Value {
  return typeof number === 'bigint' ? number : Math.trunc(toDouble(number))
}
