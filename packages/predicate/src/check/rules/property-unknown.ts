import { nodesOf } from '../../ast/nodes-of.ts'
import { nearestName } from '../nearest-name.ts'
import type { Rule } from '../rule.ts'

/** `@property(…)` names a property that is set somewhere, or a key below one. */
export const propertyUnknown: Rule = (predicate, { properties }) => {
  if (!properties) return []
  return nodesOf(predicate, 'property').flatMap(({ name, at }) => {
    const known = [...properties.keys()]
    if (known.some((key) => key === name || name.startsWith(`${key}.`) || key.startsWith(`${name}.`))) return []
    const nearest = nearestName(name, known)
    const hint = nearest === undefined ? '' : `; the nearest is ${nearest}`
    return [
      {
        code: 'property-unknown',
        severity: 'warning',
        message: `Cannot find who sets @property(${name}): no properties have it, so it is nil${hint}`,
        at,
        found: name,
        ...(nearest !== undefined && { expected: nearest, rewrite: `@property(${nearest})` }),
      },
    ]
  })
}
