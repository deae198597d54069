import { consequences, messageNames } from '../message.ts'
import { expectedType, isList, typeName, walkShape } from '../walk-shape.ts'
import type { ShapeRule } from '../wire-rule.ts'

/** Nothing is converted on the way: `null` is no array, a number no token, a Base64 `<string>` no `<data>`. */
export const keyType: ShapeRule = {
  code: 'key-type',
  severity: 'error',
  finds: 'a value of another type than documented, such as `null` for an array or a number for a token',
  shape: true,
  check: (message) =>
    walkShape(message)
      .filter(({ hasType }) => !hasType)
      .map(({ value, facts: { type }, at }) => ({
        at,
        message: `Cannot read ${messageNames[message.kind]}: ${nameOf(at)} is ${typeName(value)}, ${consequences[message.kind]}`,
        found: shown(value),
        expected: expectedType(type),
        ...(value === null && type === 'array' ? { remedy: 'write [] when there is nothing' } : {}),
        ...(typeof value === 'string' && type === 'data' ? { remedy: 'write <data> in place of <string>' } : {}),
      })),
}

function nameOf(at: string): string {
  return at === '' ? 'the whole' : (at.split('/').at(-1) ?? at)
}

function shown(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return value.length > 80 ? `${value.slice(0, 80)}…` : value
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  return isList(value as never) ? 'an array' : typeName(value as never)
}
