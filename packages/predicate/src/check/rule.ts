import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateProblem, StatusItemTable } from './problem.ts'

/** One thing to look for in a whole predicate. */
export type Rule = (predicate: PredicateNode, items: StatusItemTable) => readonly PredicateProblem[]
