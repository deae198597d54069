import { PredicateError, parse, propertyNames } from '@edict/predicate'
import { warning } from '../../problem.ts'
import { PROPERTIES_TYPE, payloadOf } from '../declaration.ts'
import type { Rule } from '../rule.ts'

/**
 * A property that a predicate asks for, while no properties declaration and no enrollment has it: the activation stays
 * inactive everywhere. Said only where it is known what enrollments have.
 *
 * @see apple:declarative/declarations/management/properties.yaml
 */
export const propertySetNowhere: Rule = ({ draft, version, before, properties }) => {
  const source = version.kind === 'activation' ? draft.payload.Predicate : undefined
  if (typeof source !== 'string' || properties === undefined) return []
  const declared = [...before.declarations.values()]
    .filter(({ type }) => type === PROPERTIES_TYPE)
    .flatMap((other) => Object.keys(payloadOf(other)))
  const known = new Set([...properties, ...declared])
  return [...new Set(namesIn(source))]
    .filter((name) => !isKnown(name, known))
    .map((name) =>
      warning(
        'property-set-nowhere',
        `Cannot find who sets property ${name}: no declaration and no enrollment has it`,
        {
          at: '/Payload/Predicate',
          found: name,
          expected: known.size === 0 ? 'a property that is set' : `one of ${[...known].slice(0, 20).join(', ')}`,
          remedy: `put a ${PROPERTIES_TYPE} with ${name}, or set it on enrollments`,
        },
      ),
    )
}

/** `a.b` may be the key `a.b`, or `b` inside `a`. */
function isKnown(name: string, known: ReadonlySet<string>): boolean {
  const steps = name.split('.')
  return steps.some((_, index) => known.has(steps.slice(0, index + 1).join('.')))
}

function namesIn(source: string): readonly string[] {
  try {
    return propertyNames(parse(source))
  } catch (error) {
    if (error instanceof PredicateError) return []
    throw error
  }
}
