import { namedValue } from '../value/dictionary.ts'
import type { Dictionary, Value } from '../value/value.ts'
import type { PredicateContext } from './predicate-context.ts'

/**
 * A context over plain objects: `status` nested or with dotted names, or both; `properties` likewise, the flat key
 * first, since property names hold dots. What is not there is nil.
 */
export function statusContext(status: Dictionary, properties: Dictionary, root?: Value): PredicateContext {
  return {
    status: (name) => namedValue(status, name),
    property: (name) => namedValue(properties, name),
    ...(root !== undefined && { root }),
  }
}
