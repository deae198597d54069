import type { Json, JsonObject } from '@edict/protocol'
import { setOwn } from '../json-object.ts'

/** Puts a value into an object at the end of a path, making what is missing on the way. */
export function nest(object: Record<string, Json>, [key, ...rest]: readonly string[], value: Json): void {
  if (key === undefined) return
  if (rest.length === 0) {
    setOwn(object, key, value)
    return
  }
  const below: Record<string, Json> = { ...(object[key] as JsonObject | undefined) }
  nest(below, rest, value)
  setOwn(object, key, below)
}
