import { arithmetic } from '../operators/arithmetic.ts'
import type { Site } from '../runtime/site.ts'
import { isInteger, isNumeric, type Numeric, real, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import type { NamedFunction } from './named-function.ts'

/** Functions of one number. `log` is to base 10, `ln` natural. */
export const mathematics: ReadonlyMap<string, NamedFunction> = new Map([
  ['sqrt', ofReal('sqrt', Math.sqrt)],
  ['log', ofReal('log', Math.log10)],
  ['ln', ofReal('ln', Math.log)],
  ['exp', ofReal('exp', Math.exp)],
  ['floor', ofReal('floor', Math.floor)],
  ['ceiling', ofReal('ceiling', Math.ceil)],
  ['trunc', ofReal('trunc', Math.trunc)],
  ['abs', ofNumber('abs', (number, site) => (toDouble(number) < 0 ? arithmetic('-', 0, number, site) : number))],
])

function ofReal(name: string, compute: (number: number) => number): NamedFunction {
  return ofNumber(name, (number) => real(compute(toDouble(number))))
}

function ofNumber(name: string, compute: (number: Numeric, site: Site) => Numeric): NamedFunction {
  return { arity: 1, apply: ([given], site) => compute(numberOf(given, name, site), site) }
}

export function numberOf(value: Value | undefined, who: string, site: Site): Numeric {
  if (!isNumeric(value)) throw site.mismatch(who, 'a number', value)
  return value
}

/** An integer within 64 bits, for what works on bits. */
export function integerOf(value: Value | undefined, who: string, site: Site): bigint {
  const number = numberOf(value, who, site)
  if (!isInteger(number)) throw site.failure('type-mismatch', `${who} needs an integer, found a real`)
  return BigInt(number)
}
