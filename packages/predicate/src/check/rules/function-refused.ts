import { nodesOf } from '../../ast/nodes-of.ts'
import { functions } from '../../functions/functions.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'

/** FUNCTION and selectors of one's own call what the string names; a device refuses custom operators too. */
export const functionRefused: Rule = (predicate) => [
  ...nodesOf(predicate, 'function').map((node) => refused('FUNCTION', node.at)),
  ...nodesOf(predicate, 'selector')
    .filter((node) => !functions.has(node.name))
    .map((node) => refused(node.name, node.at)),
]

function refused(found: string, at: PredicateProblem['at']): PredicateProblem {
  const message = `Cannot call ${found}: only the functions of the language are evaluated`
  return { code: 'function-refused', severity: 'error', message, at, found }
}
