import type { ArithmeticOperator } from '../ast/nodes.ts'
import type { Site } from '../runtime/site.ts'
import { integer, isInteger, isNumeric, type Numeric, real, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'

/** Integers stay integers (division truncates towards zero); one real makes the result real. Only numbers take part. */
export function arithmetic(
  operator: ArithmeticOperator,
  left: Value | undefined,
  right: Value | undefined,
  site: Site,
): Numeric {
  if (!isNumeric(left) || !isNumeric(right)) throw site.mismatch(operator, 'two numbers', left, right)
  if (isInteger(left) && isInteger(right)) return ofIntegers(operator, left, right, site)
  return real(ofReals(operator, toDouble(left), toDouble(right)))
}

export function negated(value: Value | undefined, site: Site): Numeric {
  if (!isNumeric(value)) throw site.mismatch('-', 'a number', value)
  return isInteger(value) ? integer(-BigInt(value)) : real(-toDouble(value))
}

function ofReals(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '**':
      return left ** right
  }
}

function ofIntegers(operator: ArithmeticOperator, a: number | bigint, b: number | bigint, site: Site): Numeric {
  const left = BigInt(a)
  const right = BigInt(b)
  switch (operator) {
    case '+':
      return integer(left + right)
    case '-':
      return integer(left - right)
    case '*':
      return integer(left * right)
    case '/':
      if (right === 0n) throw site.failure('division-by-zero', 'an integer is divided by zero')
      return integer(left / right)
    case '**':
      return right >= 0n && right < 64n ? integer(left ** right) : real(Number(left) ** Number(right))
  }
}
