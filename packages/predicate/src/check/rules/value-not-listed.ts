import type { Comparison, Expression } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import { printExpression } from '../../printer/print.ts'
import { nearestName } from '../nearest-name.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { shapesOf } from '../shapes/shapes.ts'
import type { ValueShape } from '../value-shape.ts'

/** A text that is compared with an item is one of those that the item can report, in the same letter case. */
export const valueNotListed: Rule = (predicate, items) => {
  const shapes = shapesOf(predicate, items)
  return nodesOf(predicate, 'comparison').flatMap((node) => {
    const { left, right, operator, options, qualifier } = node
    if (!equality.has(operator) || /[cd]/.test(options)) return []
    const whole = shapes.of(left)
    const one = qualifier || operator === 'CONTAINS' ? whole?.item : whole
    return [...unlisted(left, one, right), ...unlisted(right, shapes.of(right), left)]
  })
}

const equality: ReadonlySet<Comparison['operator']> = new Set(['==', '!=', 'IN', 'CONTAINS'])

/** Items whose values are no closed list, and the spellings that are known, for their letter case. */
const spellings: ReadonlyMap<string, readonly string[]> = new Map([
  ['device.model.family', ['iPad', 'iPhone', 'iPod', 'Mac', 'AppleTV', 'Watch', 'RealityDevice']],
  ['device.operating-system.family', ['iOS', 'iPadOS', 'macOS', 'tvOS', 'visionOS', 'watchOS']],
])

function unlisted(item: Expression, shape: ValueShape | undefined, against: Expression): readonly PredicateProblem[] {
  const literals = against.kind === 'aggregate' ? against.elements : [against]
  return literals.flatMap((literal) => {
    if (literal.kind !== 'string') return []
    const listed = shape?.rangelist?.map(String)
    if (listed) return listed.includes(literal.value) ? [] : [problem(item, literal.value, literal, listed)]
    const known = item.kind === 'status' ? spellings.get(item.name) : undefined
    const meant = known?.find((spelling) => spelling.toLowerCase() === literal.value.toLowerCase())
    return meant === undefined || meant === literal.value ? [] : [problem(item, literal.value, literal, [meant])]
  })
}

function problem(item: Expression, found: string, { at }: Expression, listed: readonly string[]): PredicateProblem {
  const nearest = nearestName(found, listed)
  const hint = nearest === undefined ? '' : `; the nearest is ${nearest}`
  return {
    code: 'value-not-listed',
    severity: 'warning',
    message: `Cannot expect "${found}": ${printExpression(item)} has no such value${hint}`,
    at,
    found,
    expected: nearest ?? listed.join(', '),
    ...(nearest !== undefined && { rewrite: `"${nearest}"` }),
  }
}
