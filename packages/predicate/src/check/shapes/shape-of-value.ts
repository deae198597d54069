import { isDictionary } from '../../value/dictionary.ts'
import { isArray } from '../../value/kind.ts'
import { isInteger, isNumeric } from '../../value/number.ts'
import type { Value } from '../../value/value.ts'
import type { ValueShape } from '../value-shape.ts'

/** The shape of a value as it stands, for tables that are made from values: the properties of declarations. */
export function shapeOfValue(value: Value): ValueShape {
  if (typeof value === 'string' || typeof value === 'boolean') return { type: typeof value as 'string' | 'boolean' }
  if (isNumeric(value)) return { type: isInteger(value) ? 'integer' : 'number' }
  if (isArray(value)) return { type: 'array', ...elementShape(value) }
  if (isDictionary(value)) {
    return { type: 'dictionary', keys: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shapeOfValue(v)])) }
  }
  return { type: value instanceof Date ? 'date' : 'any' }
}

/** The shape that all elements have, where they are scalars of one type. */
function elementShape(values: readonly Value[]): { readonly item?: ValueShape } {
  const types = new Set(values.map((value) => shapeOfValue(value).type))
  const [only] = types
  return types.size === 1 && only !== undefined && only !== 'array' && only !== 'dictionary'
    ? { item: { type: only } }
    : {}
}
