import { isPlistInteger, narrow } from './integer-range.ts'

const decimal = /^[+-]?\d{1,40}$/
const hexadecimal = /^([+-]?)0[xX]([0-9A-Fa-f]{1,32})$/
const real = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** The content of `<integer>`: decimal or `0x…`. Undefined when it is not one; `range` beyond 64 bits. */
export function parseInteger(text: string): number | bigint | 'range' | undefined {
  if (text.length < 16 && decimal.test(text)) return Number(text) + 0 || 0 // never -0
  const value = bigint(text)
  if (value === undefined) return /^[+-]?\d+$/.test(text) ? 'range' : undefined
  return isPlistInteger(value) ? narrow(value) : 'range'
}

function bigint(text: string): bigint | undefined {
  if (decimal.test(text)) return BigInt(text.replace('+', ''))
  const parts = hexadecimal.exec(text)
  if (parts === null) return undefined
  const magnitude = BigInt(`0x${parts[2]}`)
  return parts[1] === '-' ? -magnitude : magnitude
}

/** The content of `<real>`, with the words that Apple writes for what has no digits. */
export function parseReal(text: string): number | undefined {
  if (real.test(text)) return Number(text)
  switch (text.toLowerCase()) {
    case 'nan':
      return Number.NaN
    case 'inf':
    case '+inf':
    case 'infinity':
    case '+infinity':
      return Number.POSITIVE_INFINITY
    case '-inf':
    case '-infinity':
      return Number.NEGATIVE_INFINITY
    default:
      return undefined
  }
}

/** The content of `<date>`: `YYYY-MM-DDTHH:MM:SSZ`, and a day that exists. */
export function parseDate(text: string): Date | undefined {
  if (!date.test(text)) return undefined
  const value = new Date(text)
  // Some days that do not exist, and 24:00, are moved instead of refused.
  return Number.isFinite(value.getTime()) && `${value.toISOString().slice(0, 19)}Z` === text ? value : undefined
}
