import { nodesOf } from '../../ast/nodes-of.ts'
import type { Rule } from '../rule.ts'
import { describeShape, familyOf } from '../shapes/family.ts'

/** Everyone who sets a property gives it values of one type; a predicate can suit only one. */
export const propertyTypeConflict: Rule = (predicate, { properties }) =>
  nodesOf(predicate, 'property').flatMap(({ name, at }) => {
    const shapes = (properties?.get(name) ?? []).filter((shape) => shape.type !== 'any')
    if (new Set(shapes.map((shape) => familyOf(shape) ?? shape.type)).size < 2) return []
    const types = [...new Set(shapes.map(describeShape))].join(' and ')
    return [
      {
        code: 'property-type-conflict',
        severity: 'warning',
        message: `Cannot suit every device: @property(${name}) is set as ${types}`,
        at,
        found: types,
        expected: 'values of one type',
      },
    ]
  })
