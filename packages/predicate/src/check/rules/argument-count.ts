import { nodesOf } from '../../ast/nodes-of.ts'
import { functions } from '../../functions/functions.ts'
import type { Rule } from '../rule.ts'

/** A function is given as many arguments as it takes. */
export const argumentCount: Rule = (predicate) =>
  nodesOf(predicate, 'call').flatMap((node) => {
    const arity = functions.get(node.name)?.arity
    const found = node.arguments.length
    if (arity === undefined || arity === found) return []
    return [
      {
        code: 'argument-count',
        severity: 'error',
        message: `Cannot call ${node.name}: it takes ${arity}, and ${found} are given`,
        at: node.at,
        found: String(found),
        expected: String(arity),
      },
    ]
  })
