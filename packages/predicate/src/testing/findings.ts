import type { PredicateProblem } from '../check/problem.ts'
import type { Rule } from '../check/rule.ts'
import type { StatusItemTable } from '../check/status-item-table.ts'
import { parse } from '../parser/parse.ts'
import { appleItems } from './apple-items.ts'

/** What a rule says of sources, in one table of status items. */
export function findings(rule: Rule, items: Partial<StatusItemTable> = {}) {
  return (source: string): readonly PredicateProblem[] => rule(parse(source), { ...appleItems, ...items })
}
