import type { ValueFacts } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'

/**
 * Which of several kinds an item of an array is, as `Item` says it in the command Settings; undefined for none of them. Where
 * Apple's schema leaves the key `Item` out of a kind, it is the name of the kind.
 */
export function alternativeOf(item: Json, { alternatives = {} }: ValueFacts): ValueFacts | undefined {
  const name = isJsonObject(item) && Object.hasOwn(item, 'Item') ? item.Item : undefined
  const found = typeof name === 'string' && Object.hasOwn(alternatives, name) ? alternatives[name] : undefined
  if (found?.keys === undefined || Object.hasOwn(found.keys, 'Item')) return found
  return { ...found, keys: { Item: { type: 'string', presence: 'required' }, ...found.keys } }
}
