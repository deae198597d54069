import type { ValueFacts, ValueType } from '@edict/catalogue'
import {
  isJsonObject,
  isPlistDict,
  type Json,
  type JsonObject,
  type PlistDict,
  PlistReal,
  type PlistValue,
} from '@edict/protocol'
import { isJsonKind, type Message } from './message.ts'
import { child } from './pointer.ts'
import { shapeOf } from './shapes.ts'

export type Value = Json | PlistValue
export type Dictionary = JsonObject | PlistDict

/** A value of a message beside what it should be. */
export interface ShapePlace {
  readonly value: Value
  readonly facts: ValueFacts
  readonly at: string
  readonly hasType: boolean
}

/** As deep as messages are read at all. */
const DEEPEST = 64

/** Every value of a message of which something is known, outer ones first. A value of a wrong type is shown, not entered. */
export function walkShape(message: Message): readonly ShapePlace[] {
  const facts = shapeOf(message)
  if (facts === undefined) return []
  const types = isJsonKind(message.kind) ? jsonTypes : plistTypes
  const places: ShapePlace[] = []
  const walk = (value: Value, known: ValueFacts, at: string, depth: number) => {
    const place = { value, facts: known, at, hasType: types[known.type](value) }
    places.push(place)
    if (!place.hasType || depth === DEEPEST) return
    if (isList(value)) {
      const { item } = known
      if (item !== undefined) for (const [index, one] of value.entries()) walk(one, item, child(at, index), depth + 1)
    } else if (isDictionary(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const of = known.keys !== undefined && Object.hasOwn(known.keys, key) ? known.keys[key] : undefined
        if (of !== undefined) walk(inner, of, child(at, key), depth + 1)
      }
    }
  }
  walk(message.root, facts, '', 0)
  return places
}

export function isDictionary(value: Value | undefined): value is JsonObject | PlistDict {
  return value !== null && value !== undefined && isJsonObject(value as Json) && isPlistDict(value as PlistDict)
}

export function isList(value: Value | undefined): value is readonly Json[] | readonly PlistValue[] {
  return Array.isArray(value)
}

type Tests = { readonly [Type in ValueType]: (value: Value) => boolean }

const text = (value: Value) => typeof value === 'string'

const jsonTypes: Tests = {
  string: text,
  date: text,
  data: text,
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  array: isList,
  dictionary: isDictionary,
  any: () => true,
}

const plistTypes: Tests = {
  ...jsonTypes,
  date: (value) => value instanceof Date,
  data: (value) => value instanceof Uint8Array,
  integer: (value) => Number.isInteger(value) || typeof value === 'bigint',
  number: (value) => typeof value === 'number' || typeof value === 'bigint' || value instanceof PlistReal,
}

/** What a value is, for a sentence. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (isList(value)) return 'an array'
  if (value instanceof Uint8Array) return 'data'
  if (value instanceof Date) return 'a date'
  if (typeof value === 'string') return value === '' ? 'an empty string' : 'a string'
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'object' && !(value instanceof PlistReal) ? 'a dictionary' : 'a number'
}

const expected: { readonly [Type in ValueType]: string } = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  date: 'a date',
  data: 'data',
  array: 'an array',
  dictionary: 'a dictionary',
  any: 'a value',
}

export function expectedType(type: ValueType): string {
  return expected[type]
}
