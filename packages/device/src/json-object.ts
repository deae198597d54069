import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'

/** The string at an own key, or undefined. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = valueAt(object, key)
  return typeof value === 'string' ? value : undefined
}

export function numberAt(object: JsonObject, key: string): number | undefined {
  const value = valueAt(object, key)
  return typeof value === 'number' ? value : undefined
}

export function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = valueAt(object, key)
  return isJsonObject(value) ? value : undefined
}

export function valueAt(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** An object of the entries whose value is there. */
export function present(entries: Readonly<Record<string, Json | undefined>>): JsonObject {
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) setOwn(result, key, value)
  return result
}

/** Sets a key as an own property, `__proto__` like any other. */
export function setOwn(object: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}
