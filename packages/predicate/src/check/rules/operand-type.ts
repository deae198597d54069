import { type Node, walk } from '../../ast/children.ts'
import type { Arithmetic, Comparison, Expression, Negation, Path, Subquery } from '../../ast/nodes.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { describeShape, type Family, familyOf } from '../shapes/family.ts'
import { type Shapes, shapesOf } from '../shapes/shapes.ts'
import type { ValueShape } from '../value-shape.ts'

/** Operands whose type is known are of one that the operator takes; the wrong one is an error on the device. */
export const operandType: Rule = (predicate, items) => {
  const shapes = shapesOf(predicate, items)
  return [...walk(predicate)].flatMap((node) => wrongOperands(node, shapes))
}

function wrongOperands(node: Node, shapes: Shapes): readonly PredicateProblem[] {
  switch (node.kind) {
    case 'comparison':
      return comparisonProblems(node, shapes)
    case 'arithmetic':
    case 'negation':
      return numbersOf(node).flatMap((side) => {
        const shape = shapes.of(side)
        const wrong = familyOf(shape) !== 'number' || shape?.type === 'boolean'
        return problem(node.kind === 'arithmetic' ? node.operator : '-', side, shape, 'a number', wrong)
      })
    case 'subquery':
      return collection('SUBQUERY', node.collection, shapes)
    case 'path':
      return pathProblems(node, shapes)
    default:
      return []
  }
}

function numbersOf(node: Arithmetic | Negation): readonly Expression[] {
  return node.kind === 'negation' ? [node.operand] : [node.left, node.right]
}

function collection(who: string, node: Subquery['collection'], shapes: Shapes): readonly PredicateProblem[] {
  return problem(who, node, shapes.of(node), 'a collection', familyOf(shapes.of(node)) !== 'array')
}

/** An operator on collections right after a base that is none. */
function pathProblems(node: Path, shapes: Shapes): readonly PredicateProblem[] {
  const [first] = node.steps
  const shape = shapes.of(node.base)
  if (first?.kind !== 'collection' && first?.kind !== 'index') return []
  const isCount = first.kind === 'index' || first.name === 'count'
  const takes: readonly (Family | undefined)[] = isCount ? ['array', 'dictionary'] : ['array']
  const who = first.kind === 'index' ? 'an index' : `@${first.name}`
  return problem(who, node.base, shape, 'a collection', !takes.includes(familyOf(shape)))
}

function comparisonProblems(node: Comparison, shapes: Shapes): readonly PredicateProblem[] {
  const { operator, left, right, qualifier } = node
  const whole = shapes.of(left)
  if (qualifier) {
    const notList = collection(qualifier, left, shapes)
    if (notList.length > 0) return notList
  }
  const one = qualifier ? whole?.item : whole
  const other = shapes.of(right)
  const sides = [
    [left, one],
    [right, other],
  ] as const
  switch (operator) {
    case 'BEGINSWITH':
    case 'ENDSWITH':
    case 'LIKE':
    case 'MATCHES':
      return sides.flatMap(([side, shape]) => problem(operator, side, shape, 'a string', familyOf(shape) !== 'string'))
    case 'IN':
      return membership(operator, [right, other], [left, one])
    case 'CONTAINS':
      return membership(operator, [left, one], [right, other])
    case 'BETWEEN':
      return between(node, one, other)
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordering(operator, sides)
    default:
      return []
  }
}

type Side = readonly [Expression, ValueShape | undefined]

function membership(who: string, [holder, held]: Side, [needle, sought]: Side): readonly PredicateProblem[] {
  const family = familyOf(held)
  const expected = 'a string or a collection'
  if (family === 'string')
    return problem(`${who} of a string`, needle, sought, 'a string', familyOf(sought) !== 'string')
  return problem(who, holder, held, expected, family === 'number')
}

function ordering(who: string, sides: readonly Side[]): readonly PredicateProblem[] {
  const unordered = sides.flatMap(([side, shape]) =>
    problem(who, side, shape, 'a number, string or date', !isOrdered(shape)),
  )
  if (unordered.length > 0) return unordered
  const [first, second] = sides
  const [, left] = first ?? []
  return second && left && familyOf(left) ? unlike(who, second, left) : []
}

function between(
  { left, right }: Comparison,
  one: ValueShape | undefined,
  bounds: ValueShape | undefined,
): readonly PredicateProblem[] {
  if (right.kind !== 'aggregate') {
    return problem('BETWEEN', right, bounds, 'an array of two bounds', familyOf(bounds) !== 'array')
  }
  if (right.elements.length !== 2) return problem('BETWEEN', right, bounds, 'two bounds', true)
  const unordered = problem('BETWEEN', left, one, 'a number, string or date', !isOrdered(one))
  return unordered.length > 0 || !one || !bounds?.item ? unordered : unlike('BETWEEN', [right, bounds.item], one)
}

function unlike(who: string, [side, shape]: Side, other: ValueShape): readonly PredicateProblem[] {
  const isWrong = familyOf(shape) !== familyOf(other)
  return problem(who, side, shape, `${describeShape(other)}, like the other side`, isWrong)
}

function isOrdered(shape: ValueShape | undefined): boolean {
  const family = familyOf(shape)
  return family === 'number' || family === 'string'
}

/** A problem where the shape is known and wrong. */
function problem(
  who: string,
  node: Expression,
  shape: ValueShape | undefined,
  expected: string,
  isWrong: boolean,
): readonly PredicateProblem[] {
  if (!shape || familyOf(shape) === undefined || !isWrong) return []
  const found = describeShape(shape)
  const message = `Cannot evaluate ${who}: it needs ${expected.replace(/(?=, like)|$/, ' here')}, and this is ${found}`
  return [{ code: 'operand-type', severity: 'error', message, at: node.at, found, expected }]
}
