import type { PredicateNode } from '../ast/nodes.ts'
import { Budget } from './abstract/budget.ts'
import { possibleOutcomes } from './abstract/possible-outcomes.ts'
import { shapesOf } from './shapes/shapes.ts'
import type { StatusItemTable } from './status-item-table.ts'

/** How predicates relate on one and the same device. What cannot be told is answered with false. */
export interface Relations {
  /** Whether the second is true wherever the first is. */
  implies(first: PredicateNode, second: PredicateNode): boolean
  /** Whether there is no device on which both are true. */
  neverBoth(first: PredicateNode, second: PredicateNode): boolean
}

/** @param comparisons how many values may be tried out in all; what is beyond cannot be told */
export function relations(items: StatusItemTable, comparisons = 1_000_000): Relations {
  const budget = new Budget(comparisons)
  const outcomes = (...operands: readonly [PredicateNode, PredicateNode]) => {
    const both: PredicateNode = { kind: 'and', operands, at: operands[0].at }
    return possibleOutcomes(both, shapesOf(both, items), budget)?.all
  }
  return {
    implies(first, second) {
      if (second.kind === 'constant' && second.value) return true
      const all = outcomes(first, { kind: 'not', operand: second, at: second.at })
      return all !== undefined && !all.has('true') && !all.has('error')
    },
    neverBoth(first, second) {
      return outcomes(first, second)?.has('true') === false
    },
  }
}
