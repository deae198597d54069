import { nearest } from '@edict/catalogue'
import { predicateItems } from '@edict/core'
import { shapeOfValue, type ValueShape } from '@edict/predicate'
import type { Json, JsonObject } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import { keyValues } from '../input.ts'
import { isTextItem } from './is-text-item.ts'

/**
 * `item=value` arguments as status items. Where Apple's schema has a string, the value is one as it stands: 18.10 is a
 * version and no number. A supposition that no device could report, or that nothing would notice, is refused.
 *
 * @param predicates texts that may read items that the schema does not have
 * @throws UsageError for an item that neither has, and for a value of another type
 */
export function givenStatus(given: readonly string[], predicates: readonly string[]): JsonObject {
  return Object.fromEntries(
    given.map((one) => {
      const [name = '', value = null] = Object.entries(keyValues([one]))[0] ?? []
      checkName(name, predicates)
      const written = isTextItem(name) && value !== null && typeof value !== 'string'
      return [name, checked(name, written ? one.slice(name.length + 1) : value)]
    }),
  )
}

function checkName(name: string, predicates: readonly string[]): void {
  const reads = (text: string) => [')', '.'].some((end) => text.replaceAll(/\s/g, '').includes(`(${name}${end}`))
  if (predicateItems.has(name) || predicates.some(reads)) return
  const meant = nearest(name, predicateItems.names())
  throw new UsageError(
    `Cannot set ${name}: there is no such status item, and no predicate reads it`,
    meant === undefined ? '`edict items` lists them' : `write ${meant}`,
  )
}

function checked(name: string, value: Json): Json {
  const expected = predicateItems.value?.(name)?.type
  const found = shapeOfValue(value).type
  if (value === null || expected === undefined || isLike(expected, found)) return value
  const remedy = expected === 'boolean' ? 'write true or false' : undefined
  throw new UsageError(`Cannot set ${name} to ${JSON.stringify(value)}: it is of type ${expected}`, remedy)
}

function isLike(expected: ValueShape['type'], found: ValueShape['type']): boolean {
  if (expected === 'any' || expected === found) return true
  if (expected === 'number') return found === 'integer'
  return (expected === 'date' || expected === 'data') && found === 'string'
}
