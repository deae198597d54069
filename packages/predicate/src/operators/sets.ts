import type { SetOperator } from '../ast/nodes.ts'
import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { isArray } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { DistinctValues } from './distinct.ts'

/** `UNION`, `INTERSECT`, `MINUS` of two arrays taken as sets; the result keeps the order of the left one. */
export function setOperation(
  operator: SetOperator,
  left: Value | undefined,
  right: Value | undefined,
  site: Site,
  steps: Steps,
): readonly Value[] {
  if (!isArray(left) || !isArray(right)) throw site.mismatch(operator, 'two arrays', left, right)
  const result = new DistinctValues(site, steps)
  if (operator === 'UNION') {
    for (const side of [left, right]) for (const value of side) result.add(value)
    return result.values
  }
  const others = new DistinctValues(site, steps)
  for (const value of right) others.add(value)
  for (const value of left) if (others.has(value) === (operator === 'INTERSECT')) result.add(value)
  return result.values
}
