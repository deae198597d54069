import { Real } from './real.ts'
import type { Value } from './value.ts'

/** A number as arithmetic has it: integers apart from reals. */
export type Numeric = number | bigint | Real

export function isNumeric(value: Value | undefined): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Real
}

/** The number that a number or boolean compares as; undefined for anything else. */
export function magnitude(value: Value | undefined): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Real ? value.value : undefined
}

export function toDouble(value: Numeric): number {
  return value instanceof Real ? value.value : Number(value)
}

export function isInteger(value: Numeric): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
}

export function real(value: number): Numeric {
  return Number.isInteger(value) ? new Real(value) : value
}

/** An integer as a Value: exact within 64 bits, a real beyond. */
export function integer(value: bigint): Numeric {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value)
  return BigInt.asIntN(64, value) === value ? value : real(Number(value))
}

/** The number that a text begins with, as `doubleValue` reads it. */
export function leadingNumber(text: string): number | undefined {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/.exec(text.slice(0, 400))
  return match ? Number(match[1]) : undefined
}
