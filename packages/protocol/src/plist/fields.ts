import { ProtocolError } from '../errors.ts'
import { isPlistDict, type PlistDict, type PlistValue } from './plist-value.ts'

type TypeName = 'string' | 'boolean' | 'data'
type NameOf<V> = V extends string ? 'string' : V extends boolean ? 'boolean' : V extends Uint8Array ? 'data' : never

/** The keys of a message with the type Apple gives each; `?` marks the optional ones. Checked against the interface. */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? `${NameOf<NonNullable<T[K]>>}?` : NameOf<T[K]>
}

interface Field {
  readonly key: string
  readonly type: TypeName
  readonly required: boolean
}

export interface FieldReader<T> {
  /** @throws {ProtocolError} `key-missing`, `key-type` or `key-empty`, with `at` the key */
  read(dict: PlistDict): T
  /** Only the named keys, and only those that are there. */
  write(value: T): PlistDict
}

/** Makes the decode/encode pair of a flat dictionary from its list of keys. `what` names it in errors. */
export function fieldsOf<T>(what: string, fields: Fields<T>): FieldReader<T> {
  const list: Field[] = Object.entries<string>(fields as Readonly<Record<string, string>>).map(([key, type]) => ({
    key,
    type: type.replace('?', '') as TypeName,
    required: !type.endsWith('?'),
  }))
  return {
    read(dict) {
      const result: Record<string, PlistValue> = {}
      for (const field of list) {
        const value = keyOf(dict, field.key)
        if (value === undefined) {
          if (field.required) throw missing(what, field.key, dict)
        } else {
          check(what, field, value)
          result[field.key] = value
        }
      }
      return result as T
    },
    write(value) {
      const source = value as Readonly<Record<string, PlistValue | undefined>>
      const result: Record<string, PlistValue> = {}
      for (const { key } of list) {
        const found = source[key]
        if (found !== undefined) result[key] = found
      }
      return result
    },
  }
}

/** The value of an own key: `constructor` and its like are not found by accident. */
export function keyOf(dict: PlistDict, key: string): PlistValue | undefined {
  return Object.hasOwn(dict, key) ? dict[key] : undefined
}

/** @throws {ProtocolError} when the key is absent, not a string, or empty */
export function requiredString(dict: PlistDict, key: string, what: string): string {
  const value = keyOf(dict, key)
  if (value === undefined) throw missing(what, key, dict)
  check(what, { key, type: 'string', required: true }, value)
  return value as string
}

/** @throws {ProtocolError} when the key is absent or not a dictionary */
export function requiredDict(dict: PlistDict, key: string, what: string): PlistDict {
  const value = keyOf(dict, key)
  if (value === undefined) throw missing(what, key, dict)
  if (!isPlistDict(value)) throw wrongType(what, key, 'dictionary', value)
  return value
}

function check(what: string, { key, type, required }: Field, value: PlistValue): void {
  if (typeOf(value) !== type) throw wrongType(what, key, type, value)
  if (required && (value === '' || (value instanceof Uint8Array && value.length === 0))) {
    throw new ProtocolError('key-empty', `Cannot read ${what}: ${key} is empty`, {
      at: key,
      expected: `${type}, not empty`,
    })
  }
}

function missing(what: string, key: string, dict: PlistDict): ProtocolError {
  return new ProtocolError('key-missing', `Cannot read ${what}: ${key} is missing`, {
    at: key,
    found: Object.keys(dict).slice(0, 32),
  })
}

function wrongType(what: string, key: string, expected: string, value: PlistValue): ProtocolError {
  const found = typeOf(value)
  return new ProtocolError('key-type', `Cannot read ${what}: ${key} is of type ${found}, expected ${expected}`, {
    at: key,
    found,
    expected,
  })
}

function typeOf(value: PlistValue): string {
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer'
  if (value instanceof Uint8Array) return 'data'
  if (value instanceof Date) return 'date'
  if (Array.isArray(value)) return 'array'
  return isPlistDict(value) ? 'dictionary' : 'real'
}
