import type { ValueType } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'

const tests: { readonly [Type in ValueType]: (value: Json) => boolean } = {
  string: isText,
  date: isText,
  data: isText,
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  array: (value) => Array.isArray(value),
  dictionary: isJsonObject,
  any: () => true,
}

/** Whether JSON can stand for a value of this type; data and dates are text in JSON. */
export function hasType(value: Json, type: ValueType): boolean {
  return tests[type](value)
}

function isText(value: Json): boolean {
  return typeof value === 'string'
}
