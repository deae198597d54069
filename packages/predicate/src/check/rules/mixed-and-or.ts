import { nodesOf } from '../../ast/nodes-of.ts'
import { print } from '../../printer/print.ts'
import type { Rule } from '../rule.ts'

/** AND beside OR needs parentheses: implementations disagree on which binds tighter, and Apple does not say. */
export const mixedAndOr: Rule = (predicate) =>
  nodesOf(predicate, 'or').flatMap(({ mixedAt }) => {
    if (!mixedAt) return []
    const message = 'Cannot be sure what is meant: AND stands beside OR without parentheses'
    return [{ code: 'mixed-and-or', severity: 'error', message, at: mixedAt, rewrite: print(predicate) }]
  })
