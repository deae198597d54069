import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateProblem } from './problem.ts'
import type { StatusItemTable } from './status-item-table.ts'

/** One thing to look for in a whole predicate. */
export type Rule = (predicate: PredicateNode, items: StatusItemTable) => readonly PredicateProblem[]
