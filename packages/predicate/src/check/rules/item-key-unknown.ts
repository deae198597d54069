import type { Rule } from '../rule.ts'
import { shapesOf } from '../shapes/shapes.ts'
import { deadEnd } from './key-below-item-unknown.ts'

/** `@key(…)` names a key that the objects of the status item have. */
export const itemKeyUnknown: Rule = (predicate, items) =>
  shapesOf(predicate, items)
    .deadEnds.filter(({ node }) => node.kind === 'item')
    .map((end) => deadEnd('item-key-unknown', end))
