import type { JsonObject } from '@edict/protocol'
import { warning } from '../../problem.ts'
import { propertyOf } from '../../variable/known-variables.ts'
import { textsIn, variablesIn } from '../../variable/template.ts'
import type { Variable } from '../../variable/variable.ts'
import { PROPERTIES_TYPE, payloadOf } from '../declaration.ts'
import { propertiesRead, setsProperty } from '../properties-read.ts'
import type { Rule } from '../rule.ts'

/**
 * A property that a predicate asks for or a variable stands for, while no properties declaration and no enrollment has it: the activation
 * stays inactive everywhere, and what has the variable is left out. Said only where it is known what enrollments have.
 *
 * @see apple:declarative/declarations/management/properties.yaml
 */
export const propertySetNowhere: Rule = ({ draft, version, before, properties }) => {
  if (properties === undefined) return []
  const declared = [...before.declarations.values()]
    .filter(({ type }) => type === PROPERTIES_TYPE)
    .flatMap((other) => Object.keys(payloadOf(other)))
  const known = new Set([...properties, ...declared])
  return propertiesRead(version)
    .filter((name) => !setsProperty(known, name))
    .map((name) =>
      warning(
        'property-set-nowhere',
        `Cannot find who sets property ${name}: no declaration and no enrollment has it`,
        {
          at: version.kind === 'activation' ? '/Payload/Predicate' : placeOf(name, draft.payload),
          found: name,
          expected: known.size === 0 ? 'a property that is set' : `one of ${[...known].slice(0, 20).join(', ')}`,
          remedy: `put a ${PROPERTIES_TYPE} with ${name}, or set it on enrollments`,
        },
      ),
    )
}

function placeOf(property: string, payload: JsonObject): string {
  const isIt = ({ name }: Variable) => propertyOf(name) === property
  return textsIn(payload).find(({ text }) => variablesIn(text).some(isIt))?.at ?? '/Payload'
}
