import { nodesOf } from '../../ast/nodes-of.ts'
import { knownItem } from '../known-item.ts'
import { nearestName } from '../nearest-name.ts'
import type { Rule } from '../rule.ts'

/** `@status(…)` names a status item, or something below one; an unknown one would always be nil. */
export const unknownStatusItem: Rule = (predicate, items) =>
  nodesOf(predicate, 'status')
    .filter(({ name }) => knownItem(name, items) === undefined)
    .map(({ name, at }) => {
      const nearest = nearestName(name, items.names())
      const hint = nearest === undefined ? '' : `; the nearest is ${nearest}`
      return {
        code: 'unknown-status-item',
        severity: 'error',
        message: `Cannot read @status(${name}): there is no such status item${hint}`,
        at,
        found: name,
        ...(nearest !== undefined && { expected: nearest, rewrite: `@status(${nearest})` }),
      }
    })
