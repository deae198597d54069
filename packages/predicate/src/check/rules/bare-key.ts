import { bareName } from '../../ast/bare-name.ts'
import { children, type Node } from '../../ast/children.ts'
import { knownItem } from '../known-item.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import type { StatusItemTable } from '../status-item-table.ts'
import { translation } from './translated-word.ts'

/** A bare key reads nothing on a device; it is mostly a string without quotes. */
export const bareKey: Rule = (predicate, items) => found(predicate, items)

function found(node: Node, items: StatusItemTable): readonly PredicateProblem[] {
  const isName = node.kind === 'path' || node.kind === 'arithmetic' || node.kind === 'key'
  const name = isName ? bareName(node) : undefined
  if (name === undefined) return children(node).flatMap((child) => found(child, items))
  if (name.includes('.') && knownItem(name, items) !== undefined) return []
  if (translation(name) !== undefined) return []
  return [
    {
      code: 'bare-key',
      severity: 'warning',
      message: `Cannot find a value for ${name}: a bare name is a key, and strings stand in quotes`,
      at: node.at,
      found: name,
      expected: '@status(…), @property(…) or a quoted string',
    },
  ]
}
