import { nodesOf } from '../../ast/nodes-of.ts'
import { print } from '../../printer/print.ts'
import { shortened } from '../../printer/shortened.ts'
import { comparisonsOf, outcomeWhenAbsent } from '../abstract/when-absent.ts'
import { knownItem } from '../known-item.ts'
import type { Rule } from '../rule.ts'

/** Every target has the status items that are read; where one is missing it is nil, and that decides the comparison. */
export const itemUnavailableOnTarget: Rule = (predicate, items) =>
  comparisonsOf(predicate).flatMap((comparison) =>
    nodesOf(comparison, 'status').flatMap(({ name, at }) => {
      const item = knownItem(name, items)
      const targets = item === undefined ? [] : (items.unavailableOn?.(item) ?? [])
      if (item === undefined || targets.length === 0) return []
      const outcome = outcomeWhenAbsent(comparison, name)
      const therefore =
        outcome === undefined ? 'it is nil there' : `there ${shortened(print(comparison), 80)} is ${said[outcome]}`
      return [
        {
          code: 'item-unavailable-on-target',
          severity: 'warning',
          message: `Cannot read ${item} on ${targets.join(', ')}: ${therefore}`,
          at,
          found: item,
          expected: 'an item that every target has',
        },
      ]
    }),
  )

const said = { true: 'true', false: 'false', error: 'an error' } as const
