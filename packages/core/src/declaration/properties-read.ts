import { PredicateError, parse, propertyNames } from '@edict/predicate'
import { type DeclarationVersion, payloadOf } from './declaration.ts'

/** The properties that the predicate of an activation reads, each once; none of one that cannot be read. */
export function propertiesRead(version: Pick<DeclarationVersion, 'kind' | 'payload'>): readonly string[] {
  if (version.kind !== 'activation' || !version.payload.includes('"Predicate"')) return []
  const { Predicate } = payloadOf(version)
  if (typeof Predicate !== 'string') return []
  try {
    return [...new Set(propertyNames(parse(Predicate)))]
  } catch (error) {
    if (error instanceof PredicateError) return []
    throw error
  }
}

/** Whether one of these keys sets a property: `a.b` may be the key `a.b`, or `b` inside `a`. */
export function setsProperty(keys: { has(key: string): boolean }, name: string): boolean {
  const steps = name.split('.')
  return steps.some((_, index) => keys.has(steps.slice(0, index + 1).join('.')))
}
