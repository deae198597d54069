import type { ArithmeticOperator } from '../ast/nodes.ts'
import { arithmetic } from '../operators/arithmetic.ts'
import type { Site } from '../runtime/site.ts'
import { integer } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { integerOf } from './mathematics.ts'
import type { NamedFunction } from './named-function.ts'

/** The functions that Foundation knows by a selector only. All other selectors are refused. */
export const selectors: ReadonlyMap<string, NamedFunction> = new Map([
  ['add:to:', operation('+')],
  ['from:subtract:', operation('-')],
  ['multiply:by:', operation('*')],
  ['divide:by:', operation('/')],
  ['raise:toPower:', operation('**')],
  ['modulus:by:', ofIntegers('modulus:by:', modulus)],
  ['bitwiseAnd:with:', ofIntegers('bitwiseAnd:with:', (a, b) => a & b)],
  ['bitwiseOr:with:', ofIntegers('bitwiseOr:with:', (a, b) => a | b)],
  ['bitwiseXor:with:', ofIntegers('bitwiseXor:with:', (a, b) => a ^ b)],
  ['leftshift:by:', ofIntegers('leftshift:by:', (a, b) => a << distance(b))],
  ['rightshift:by:', ofIntegers('rightshift:by:', (a, b) => a >> distance(b))],
  ['onesComplement:', { arity: 1, apply: ([a], site) => integer(~integerOf(a, 'onesComplement:', site)) }],
  ['lowercase:', ofText('lowercase:', (text) => text.toLowerCase())],
  ['uppercase:', ofText('uppercase:', (text) => text.toUpperCase())],
  ['noindex:', { arity: 1, apply: ([value]) => value }],
])

function operation(operator: ArithmeticOperator): NamedFunction {
  return { arity: 2, apply: ([a, b], site) => arithmetic(operator, a, b, site) }
}

function ofIntegers(name: string, compute: (a: bigint, b: bigint, site: Site) => bigint): NamedFunction {
  return {
    arity: 2,
    apply: ([a, b], site) =>
      integer(BigInt.asIntN(64, compute(integerOf(a, name, site), integerOf(b, name, site), site))),
  }
}

function modulus(a: bigint, b: bigint, site: Site): bigint {
  if (b === 0n) throw site.failure('division-by-zero', 'an integer is divided by zero')
  return a % b
}

function distance(bits: bigint): bigint {
  if (bits < 0n) return 0n
  return bits > 64n ? 64n : bits
}

function ofText(name: string, compute: (text: string) => string): NamedFunction {
  return {
    arity: 1,
    apply([text]: readonly (Value | undefined)[], site: Site) {
      if (text === undefined) return undefined
      if (typeof text !== 'string') throw site.mismatch(name, 'a string', text)
      return compute(text)
    },
  }
}
