import type { Comparison } from '../../ast/nodes.ts'
import { nodesOf } from '../nodes-of.ts'
import type { Rule } from '../rule.ts'

const ordering: ReadonlySet<string> = new Set(['<', '>', '<=', '>=', 'BETWEEN'])

/** Versions are strings, and strings are ordered character by character: '16.10' comes before '16.4'. */
export const versionAsText: Rule = (predicate) =>
  nodesOf(predicate, 'comparison')
    .filter((node) => ordering.has(node.operator) && (namesVersion(node.left) || namesVersion(node.right)))
    .map(({ operator, operatorAt }) => ({
      code: 'version-as-text',
      severity: 'warning',
      message: `Cannot order versions with ${operator}: they compare as text, in which '16.10' < '16.4' and '9.3' > '10.0'`,
      at: operatorAt,
      found: operator,
      expected: 'MATCHES, BEGINSWITH, IN or an integer property',
    }))

function namesVersion(node: Comparison['left']): boolean {
  return node.kind === 'status' && /(?:^|[.-])version$/.test(node.name)
}
