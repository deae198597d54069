import { isPredicate } from '../ast/is-predicate.ts'
import type { Outcome } from '../compile/outcome.ts'
import type { Explained, Explanation } from './explanation.ts'
import { valueText } from './value-text.ts'

/** The same part before and after a change. */
export interface Changed {
  readonly before: Explanation
  readonly after: Explanation
}

/** How a change of facts, or of a predicate, changes an outcome. */
export interface Difference {
  readonly before: Outcome
  readonly after: Outcome
  /** The smallest part that makes the difference; where the predicate itself changed, what decided each time. */
  readonly deciding: Changed
  /** The value in it that changed. */
  readonly cause?: Changed
}

/** What makes the outcome of an explanation another one; undefined where the outcomes are the same. */
export function whatIf(before: Explained, after: Explained): Difference | undefined {
  const outcomes = { before: before.outcome, after: after.outcome }
  if (before.outcome.kind === after.outcome.kind) return undefined
  if (before.tree.text !== after.tree.text) {
    return { ...outcomes, deciding: { before: before.deciding, after: after.deciding } }
  }
  const deciding = narrowed({ before: before.tree, after: after.tree })
  const cause = causeOf(deciding)
  return { ...outcomes, deciding, ...(cause && { cause }) }
}

/** Down to the first operand that changed: in an AND or OR whose answer changed, that one is why. */
function narrowed(pair: Changed): Changed {
  const inner = pairs(pair).find((child) => isPredicate(child.before.node) && isChanged(child))
  return inner && pair.before.node.kind !== 'comparison' ? narrowed(inner) : pair
}

/** The innermost value that changed. */
function causeOf(pair: Changed): Changed | undefined {
  const inner = pairs(pair).find((child) => !child.before.element && isChanged(child))
  return inner && (causeOf(inner) ?? inner)
}

function pairs({ before, after }: Changed): readonly Changed[] {
  return before.children.flatMap((child, index) => {
    const other = after.children[index]
    return other === undefined ? [] : [{ before: child, after: other }]
  })
}

function isChanged({ before, after }: Changed): boolean {
  return shown(before) !== shown(after)
}

function shown({ result }: Explanation): string {
  return result.kind === 'error' ? `error ${result.code}` : valueText(result.value, 10_000)
}
