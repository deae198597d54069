import type { Comparison, Expression } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import { printExpression } from '../../printer/print.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { describeShape, familyOf } from '../shapes/family.ts'
import { type Shapes, shapesOf } from '../shapes/shapes.ts'
import type { ValueShape } from '../value-shape.ts'

/** Values of different types are never equal, which is no error: `==` is just false, and `!=` true. */
export const neverEqual: Rule = (predicate, items) => {
  const shapes = shapesOf(predicate, items)
  return nodesOf(predicate, 'comparison').flatMap((node) => unequal(node, shapes))
}

function unequal(node: Comparison, shapes: Shapes): readonly PredicateProblem[] {
  const { left, right, operator, qualifier } = node
  const whole = shapes.of(left)
  const one = qualifier ? whole?.item : whole
  const other = shapes.of(right)
  switch (operator) {
    case '==':
    case '!=':
      return differ([left, one], [right, other], `always ${operator === '!='}`)
    case 'IN':
      return familyOf(other) === 'array' ? elementsDiffer([left, one], [right, other], shapes) : []
    case 'CONTAINS':
      return familyOf(one) === 'array' ? elementsDiffer([right, other], [left, one], shapes) : []
    default:
      return []
  }
}

type Side = readonly [Expression, ValueShape | undefined]

/** The needle against each element as it is written, or against what the list is known to hold. */
function elementsDiffer(needle: Side, [list, shape]: Side, shapes: Shapes): readonly PredicateProblem[] {
  if (list.kind !== 'aggregate') return differ(needle, [list, shape?.item], 'always false')
  return list.elements.flatMap((element) => differ(needle, [element, shapes.of(element)], 'never the case'))
}

function differ([left, one]: Side, [right, other]: Side, therefore: string): readonly PredicateProblem[] {
  const families = [familyOf(one), familyOf(other)]
  const number = [left, right].find((side) => side.kind === 'number')
  const noBoolean = one?.type === 'boolean' || other?.type === 'boolean' ? isBeyondBoolean(number) : false
  if (!one || !other || families.includes(undefined) || (families[0] === families[1] && !noBoolean)) return []
  const [literal, wanted] = isLiteral(left) ? [left, other] : [right, one]
  const better = converted(literal, wanted)
  const types = `${describeShape(one)} is never equal to ${noBoolean ? printExpression(literal) : describeShape(other)}`
  return [
    {
      code: 'never-equal',
      severity: 'warning',
      message: `Cannot be meant: ${types}, so this is ${therefore}`,
      at: literal.at,
      found: printExpression(literal),
      expected: describeShape(wanted),
      ...(better !== undefined && { rewrite: better }),
    },
  ]
}

function isLiteral(node: Expression): boolean {
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean' || node.kind === 'aggregate'
}

function isBeyondBoolean(node: Expression | undefined): boolean {
  return node?.kind === 'number' && Number(node.value) !== 0 && Number(node.value) !== 1
}

/** The literal as one of the other type, where it says the same. */
function converted(node: Expression, wanted: ValueShape): string | undefined {
  if (node.kind === 'string' && wanted.type === 'boolean') {
    return /^(?:true|yes)$/i.test(node.value) ? 'TRUE' : /^(?:false|no)$/i.test(node.value) ? 'FALSE' : undefined
  }
  if (node.kind === 'string' && familyOf(wanted) === 'number')
    return /^-?\d{1,15}$/.test(node.value) ? node.value : undefined
  return node.kind === 'number' && wanted.type === 'string' ? `"${printExpression(node)}"` : undefined
}
