import { consequences, messageNames } from '../message.ts'
import { child } from '../pointer.ts'
import { type Dictionary, expectedType, isDictionary, walkShape } from '../walk-shape.ts'
import type { ShapeRule } from '../wire-rule.ts'

/** A required key is there. That it stands there in another case, or below a missing wrapper, has a code of its own. */
export const keyMissing: ShapeRule = {
  code: 'key-missing',
  severity: 'error',
  finds: 'a required key that is missing, such as one of the four arrays of a manifest, or `CommandUUID`',
  shape: true,
  check: (message) =>
    walkShape(message).flatMap(({ value, facts: { keys = {} }, at, hasType }) => {
      if (!hasType || !isDictionary(value)) return []
      return Object.entries(keys)
        .filter(([key, { presence }]) => presence === 'required' && !stands(value, key))
        .filter(([, facts]) => !wrapped(value, Object.keys(facts.keys ?? {})))
        .map(([key, { type }]) => ({
          at: child(at, key),
          message: `Cannot read ${messageNames[message.kind]}: ${key} is missing, ${consequences[message.kind]}`,
          expected: expectedType(type),
          remedy: type === 'array' ? `write "${key}": []` : `add ${key}`,
        }))
    }),
}

function stands(value: Dictionary, key: string): boolean {
  const letters = key.toLowerCase()
  return Object.keys(value).some((other) => other.toLowerCase() === letters)
}

/** Whether what belongs inside the missing key stands outside of it. */
function wrapped(value: Dictionary, inside: readonly string[]): boolean {
  return inside.length > 0 && inside.some((key) => Object.hasOwn(value, key)) && !inside.includes('RequestType')
}
