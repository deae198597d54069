import { isDictionary } from '../value/dictionary.ts'
import type { Value } from '../value/value.ts'
import type { PredicateContext } from './predicate-context.ts'
import { statusContext } from './status-context.ts'

/**
 * A context over one object of facts: its `status` and `properties` are what `@status(…)` and `@property(…)` see, and
 * bare key paths see the object itself. `now` is milliseconds since 1970.
 */
export function factsContext(object: Value, now?: number): PredicateContext {
  const part = (name: 'status' | 'properties') => {
    const value = isDictionary(object) ? object[name] : undefined
    return isDictionary(value) ? value : {}
  }
  return { ...statusContext(part('status'), part('properties'), object), ...(now !== undefined && { now }) }
}
