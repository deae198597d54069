import type { Expression } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import { printExpression } from '../../printer/print.ts'
import type { Rule } from '../rule.ts'

/** The @count of something absent is nil, so `!= 0` is true and `== 0` false where there is nothing at all. */
export const countOfNothing: Rule = (predicate) =>
  nodesOf(predicate, 'comparison').flatMap(({ left, operator, right, at }) => {
    const isZero = right.kind === 'number' && Number(right.value) === 0
    if (!isZero || !isCount(left) || (operator !== '!=' && operator !== '==')) return []
    const count = printExpression(left)
    return [
      {
        code: 'count-of-nothing',
        severity: 'warning',
        message: `Cannot rely on @count ${operator} 0: it is ${operator === '!='} where the item is absent`,
        at,
        found: `@count ${operator} 0`,
        rewrite: operator === '!=' ? `${count} > 0` : `NOT ${count} > 0`,
      },
    ]
  })

function isCount(node: Expression): boolean {
  const last = node.kind === 'path' ? node.steps.at(-1) : undefined
  return last?.kind === 'collection' && last.name === 'count'
}
