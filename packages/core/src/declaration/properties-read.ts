import { PredicateError, parse, propertyNames } from '@edict/predicate'
import { propertiesIn } from '../variable/template.ts'
import { type DeclarationVersion, payloadOf } from './declaration.ts'

/** The properties that a declaration needs, each once: those of its variables, and of an activation those that its predicate reads. */
export function propertiesRead(version: Pick<DeclarationVersion, 'kind' | 'payload'>): readonly string[] {
  return version.kind === 'activation' ? inPredicate(version) : propertiesIn(version)
}

/** None of a predicate that cannot be read. */
function inPredicate(version: Pick<DeclarationVersion, 'payload'>): readonly string[] {
  if (!version.payload.includes('"Predicate"')) return []
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
