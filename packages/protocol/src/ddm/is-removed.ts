import type { JsonObject } from './json.ts'
import { jsonKey } from './json-fields.ts'

/** Whether an entry of an array item says that it is gone: `_removed` in every schema, `removed` in Apple's talk. */
export function isRemoved(item: JsonObject): boolean {
  return jsonKey(item, '_removed') === true || jsonKey(item, 'removed') === true
}
