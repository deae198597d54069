import { nodesOf } from '../../ast/nodes-of.ts'
import { printExpression } from '../../printer/print.ts'
import type { Rule } from '../rule.ts'
import { shapesOf } from '../shapes/shapes.ts'

/** An integer divided by an integer is an integer: 7 / 2 is 3. */
export const integerDivision: Rule = (predicate, items) => {
  const shapes = shapesOf(predicate, items)
  return nodesOf(predicate, 'arithmetic').flatMap(({ operator, left, right, at }) => {
    const types = [shapes.of(left)?.type, shapes.of(right)?.type]
    if (operator !== '/' || types.includes('number') || !types.includes('integer')) return []
    const found = printExpression(right)
    const sure = types.every((type) => type === 'integer')
    return [
      {
        code: 'integer-division',
        severity: 'warning',
        message: `Cannot keep a fraction: ${sure ? 'both' : 'where both'} sides are integers, / drops what is after the point`,
        at,
        found,
        ...(right.kind === 'number' && { rewrite: `${printExpression(left)} / ${found}.0` }),
      },
    ]
  })
}
