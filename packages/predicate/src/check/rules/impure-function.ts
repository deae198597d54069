import { nodesOf } from '../../ast/nodes-of.ts'
import { impure } from '../../functions/impure.ts'
import type { Rule } from '../rule.ts'

/** A device evaluates again when a status item changes, not when time passes. */
export const impureFunction: Rule = (predicate) =>
  nodesOf(predicate, 'call')
    .filter((node) => impure.has(node.name))
    .map(({ name, at }) => ({
      code: 'impure-function',
      severity: 'warning',
      message: `Cannot rely on ${name}(): nothing evaluates the predicate again when only its value changes`,
      at,
      found: `${name}()`,
    }))
