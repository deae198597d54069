import { isPredicate } from '../ast/is-predicate.ts'
import type { Explanation } from './explanation.ts'

/**
 * The smallest part that settles a result: the first false operand of an AND, the first true one of an OR, the one with an
 * error; where all operands were needed, the AND or OR itself.
 */
export function decidingPart(part: Explanation): Explanation {
  const { node, result } = part
  const inner = part.children.filter((child) => isPredicate(child.node) && !child.skipped && !child.element)
  const decisive = inner.find((child) => {
    if (result.kind === 'error') return child.result.kind === 'error'
    if (node.kind === 'not') return true
    const stops = node.kind === 'or'
    return result.value === stops && child.result.kind === 'value' && child.result.value === stops
  })
  return decisive ? decidingPart(decisive) : part
}
