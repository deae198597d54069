import { Real } from './real.ts'
import type { Value } from './value.ts'

export type Kind = 'nil' | 'null' | 'boolean' | 'number' | 'string' | 'date' | 'array' | 'dictionary'

/** `nil` is no value at all; `null` is the null object that stands for it inside arrays and dictionaries. */
export function kindOf(value: Value | undefined): Kind {
  if (value === undefined) return 'nil'
  if (value === null) return 'null'
  if (typeof value === 'bigint' || value instanceof Real) return 'number'
  if (typeof value !== 'object') return typeof value as 'boolean' | 'number' | 'string'
  if (value instanceof Date) return 'date'
  return Array.isArray(value) ? 'array' : 'dictionary'
}

export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

const described: Readonly<Record<Kind, string>> = {
  nil: 'nothing',
  null: 'null',
  boolean: 'a boolean',
  number: 'a number',
  string: 'a string',
  date: 'a date',
  array: 'an array',
  dictionary: 'a dictionary',
}

/** A value's kind with its article, for messages. */
export function describe(value: Value | undefined): string {
  return described[kindOf(value)]
}
