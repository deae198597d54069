import type { Value } from '../value/value.ts'
import type { PredicateContext } from './predicate-context.ts'

export function statusContext(
  _status: { readonly [key: string]: Value },
  _properties: { readonly [key: string]: Value },
  _root?: Value,
): PredicateContext {
  throw new Error('Cannot make a context: not built yet')
}
