import { statusItemValue, type ValueFacts } from '@edict/catalogue'
import { child } from '../pointer.ts'
import { statusItemsIn } from '../status-items-in.ts'
import { expectedType, isDictionary, isList, typeName, type Value } from '../walk-shape.ts'
import type { Flaw, JsonRule } from '../wire-rule.ts'

/** Values of status items as Apple's schema types them. A warning: devices are known to send text for an array, and more. */
export const statusValueType: JsonRule = {
  code: 'status-value-type',
  severity: 'warning',
  finds: "the value of a status item with another type than in Apple's schema, or without a key that is required",
  kinds: ['status'],
  check: (message) =>
    statusItemsIn(message).flatMap(({ name, at, value }) => {
      const facts = statusItemValue(name)
      return facts === undefined ? [] : compared(value, facts, at, name)
    }),
}

function compared(value: Value, facts: ValueFacts, at: string, name: string): readonly Flaw[] {
  if (!fits(value, facts)) {
    return [
      {
        at,
        message: `Cannot read ${name}: it is ${typeName(value)}`,
        found: typeName(value),
        expected: expectedType(facts.type),
      },
    ]
  }
  if (isList(value)) {
    const { item } = facts
    return item === undefined ? [] : value.flatMap((one, index) => compared(one, item, child(at, index), name))
  }
  if (!isDictionary(value) || isRemoved(value)) return []
  return Object.entries(facts.keys ?? {}).flatMap(([key, inner]) => {
    const found = Object.hasOwn(value, key) ? value[key] : undefined
    if (found !== undefined) return compared(found, inner, child(at, key), `${name} ${key}`)
    if (inner.presence !== 'required' || inner.availability !== undefined) return []
    const flaw = {
      at: child(at, key),
      message: `Cannot read ${name}: ${key} is missing`,
      expected: expectedType(inner.type),
    }
    return [flaw]
  })
}

function fits(value: Value, { type }: ValueFacts): boolean {
  if (type === 'array') return isList(value)
  if (type === 'dictionary') return isDictionary(value)
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return typeof value === 'number'
  return type === 'any' || typeof value === 'string'
}

function isRemoved(value: { readonly [key: string]: Value }): boolean {
  return value._removed === true || value.removed === true
}
