import type { ValueType } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'
import { hasType } from './has-type.ts'
import { isMarked } from './marked.ts'

/** How the types of a property list are written in JSON. */
export interface Notation {
  /** Whether this JSON can stand for a value of that type. */
  readonly hasType: (value: Json, type: ValueType) => boolean
  /** What such a value is called, as in "it has to be …". */
  readonly nouns: { readonly [Type in ValueType]: string }
}

/** Of declarations, which are JSON themselves: data and dates are text. */
export const declared: Notation = {
  hasType,
  nouns: {
    string: 'a string',
    boolean: 'true or false',
    integer: 'an integer',
    number: 'a number',
    date: 'a date as text',
    data: 'Base64 text',
    array: 'an array',
    dictionary: 'a dictionary',
    any: 'any value',
  },
}

/** Of commands, which become property lists: what JSON has no word for is an object with a marked key. */
export const marked: Notation = {
  hasType: (value, type) => {
    if (!isJsonObject(value) || !isMarked(value)) return type !== 'data' && type !== 'date' && hasType(value, type)
    if (type === 'any') return true
    if (type === 'dictionary') return '$dict' in value
    if (type === 'integer') return '$integer' in value
    if (type === 'number') return '$real' in value || '$integer' in value
    return (type === 'data' || type === 'date') && `$${type}` in value
  },
  nouns: {
    ...declared.nouns,
    data: '{"$data": Base64 text}',
    date: '{"$date": a moment such as 2026-01-31T12:00:00Z}',
  },
}
