import { inside, SchemaError, type SchemaPlace } from './schema-error.ts'

/** Makes something of a parsed YAML value, or throws SchemaError. */
export type Read<T> = (value: unknown, at: SchemaPlace) => T

export function text(value: unknown, at: SchemaPlace): string {
  if (typeof value !== 'string') throw new SchemaError('type-wrong', at, value, 'a string')
  return value
}

export function truth(value: unknown, at: SchemaPlace): boolean {
  if (typeof value !== 'boolean') throw new SchemaError('type-wrong', at, value, 'true or false')
  return value
}

export function number(value: unknown, at: SchemaPlace): number {
  if (typeof value !== 'number') throw new SchemaError('type-wrong', at, value, 'a number')
  return value
}

export function textOrNumber(value: unknown, at: SchemaPlace): string | number {
  return typeof value === 'number' ? value : text(value, at)
}

export function scalar(value: unknown, at: SchemaPlace): string | number | boolean {
  return typeof value === 'boolean' ? value : textOrNumber(value, at)
}

/** A dotted version. YAML that reads `27.0` without quotes gives the number 27, which is no version. */
export function version(value: unknown, at: SchemaPlace): string {
  const found = text(value, at)
  if (!/^\d+(\.\d+)*$/.test(found)) throw new SchemaError('version-wrong', at, found, 'a dotted version')
  return found
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new SchemaError('type-wrong', at, value, 'a list')
    return value.map((item: unknown, index) => read(item, inside(at, index)))
  }
}

export function oneOf<const T extends string>(...words: readonly T[]): Read<T> {
  return (value, at) => {
    const word = words.find((word) => word === value)
    if (word === undefined) throw new SchemaError('word-unknown', at, value, words.join(', '))
    return word
  }
}
