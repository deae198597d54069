import { bareName } from '../../ast/bare-name.ts'
import { children, type Node } from '../../ast/children.ts'
import { knownItem } from '../known-item.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import type { StatusItemTable } from '../status-item-table.ts'

/**
 * A status item is read with `@status(…)`. A bare path is the deprecated spelling, and one with a dash is a subtraction.
 */
export const bareStatusPath: Rule = (predicate, items) => found(predicate, items)

function found(node: Node, items: StatusItemTable): readonly PredicateProblem[] {
  const name = isExpressionWithName(node) ? bareName(node) : undefined
  if (name?.includes('.') && knownItem(name, items) !== undefined) return [problem(name, node)]
  return children(node).flatMap((child) => found(child, items))
}

function isExpressionWithName(node: Node): node is Extract<Node, { kind: 'path' | 'arithmetic' }> {
  return node.kind === 'path' || node.kind === 'arithmetic'
}

function problem(name: string, node: Node): PredicateProblem {
  const subtraction = node.kind === 'arithmetic'
  return {
    code: 'bare-status-path',
    severity: subtraction ? 'error' : 'warning',
    message: subtraction
      ? `Cannot read ${name} as a status item: its dash is a minus sign`
      : `Cannot recommend the bare path ${name}: it is the deprecated spelling of a status item`,
    at: node.at,
    found: name,
    expected: `@status(${name})`,
    rewrite: `@status(${name})`,
  }
}
