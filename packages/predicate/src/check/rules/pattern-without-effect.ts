import type { Comparison } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'

/** LIKE without a wildcard is ==, an empty string is in nothing, and options do not reach the elements of a list. */
export const patternWithoutEffect: Rule = (predicate) => nodesOf(predicate, 'comparison').flatMap(problems)

function problems(node: Comparison): readonly PredicateProblem[] {
  const { operator, options, left, right } = node
  const needle = operator === 'IN' ? left : right
  if (operator === 'LIKE' && right.kind === 'string' && !/[*?]/.test(right.value)) {
    return [warning(node, 'like-without-wildcard', 'LIKE without * or ? is ==', `==${options ? `[${options}]` : ''}`)]
  }
  if (searching.has(operator) && needle.kind === 'string' && needle.value === '') {
    return [warning(node, 'empty-needle', 'an empty string is never found', 'a string with characters')]
  }
  if (operator === 'IN' && right.kind === 'aggregate' && /[cd]/.test(options)) {
    return [warning(node, 'options-on-elements', `[${options}] does not reach the elements of a list`, 'ANY … ==[c] …')]
  }
  return []
}

const searching: ReadonlySet<string> = new Set(['CONTAINS', 'IN', 'BEGINSWITH', 'ENDSWITH'])

function warning(node: Comparison, code: PredicateProblem['code'], why: string, expected: string): PredicateProblem {
  return { code, severity: 'warning', message: `Cannot work as written: ${why}`, at: node.operatorAt, expected }
}
