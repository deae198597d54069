import type { Refuse } from '../source/refusals.ts'
import type { NumberToken } from './token.ts'

const prefixed = /0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)/y
const decimal = /[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?/y
const largestInteger = 2n ** 63n - 1n

/** Reads a number from its first digit. A leading zero is decimal; `5.` is a number and `.5` is none. */
export function numberLiteral(source: string, offset: number, refuse: Refuse): NumberToken {
  prefixed.lastIndex = offset
  decimal.lastIndex = offset
  const match = prefixed.exec(source) ?? decimal.exec(source)
  const text = match?.[0] ?? ''
  const end = offset + text.length
  if (/[A-Za-z0-9_]/.test(source[end] ?? '')) {
    throw refuse('number-malformed', 'the number runs into a name', offset, {
      found: /^[\w.]{1,40}/.exec(source.slice(offset, offset + 40))?.[0] ?? text,
    })
  }
  const real = match?.[1] !== undefined || match?.[2] !== undefined
  const value = real ? Number(text) : integer(text)
  if (value === Number.POSITIVE_INFINITY) throw refuse('number-too-large', 'the number is too large', offset)
  return {
    kind: 'number',
    value,
    real: real || (typeof value === 'number' && !Number.isSafeInteger(value)),
    offset,
    end,
  }
}

/** An integer beyond 64 bits is a real, as it is for a number scanner that has no larger integers. */
function integer(text: string): number | bigint {
  const value = BigInt(text.toLowerCase())
  if (value > largestInteger) return Number(value)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}
