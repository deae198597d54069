import { ProtocolError } from '../errors.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** An own key: `constructor` and its like are not found by accident. */
export function jsonKey(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** Reads keys of one JSON document, with its name in every error. */
export interface JsonFields {
  object(value: Json | undefined, at: string): JsonObject
  array(value: Json | undefined, at: string): readonly Json[]
  /** A string, not empty. */
  string(value: Json | undefined, at: string): string
}

export function jsonFields(what: string): JsonFields {
  function refuse(value: Json | undefined, at: string, expected: string): ProtocolError {
    const found = typeName(value)
    return value === undefined
      ? new ProtocolError('key-missing', `Cannot read ${what}: ${at} is missing`, { at, expected })
      : new ProtocolError('key-type', `Cannot read ${what}: ${at} is ${found}, expected ${expected}`, {
          at,
          found,
          expected,
        })
  }
  return {
    object(value, at) {
      if (!isJsonObject(value)) throw refuse(value, at, 'an object')
      return value
    },
    array(value, at) {
      if (!Array.isArray(value)) throw refuse(value, at, 'an array')
      return value
    },
    string(value, at) {
      if (typeof value !== 'string') throw refuse(value, at, 'a string')
      if (value === '') {
        throw new ProtocolError('key-empty', `Cannot read ${what}: ${at} is empty`, {
          at,
          expected: 'a string, not empty',
        })
      }
      return value
    },
  }
}

function typeName(value: Json | undefined): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
