import { nodesOf } from '../../ast/nodes-of.ts'
import { knownItem } from '../known-item.ts'
import type { Rule } from '../rule.ts'

/** Something subscribes to every item that a predicate reads; whether a device needs that is not documented. */
export const itemUnsubscribed: Rule = (predicate, items) =>
  nodesOf(predicate, 'status').flatMap(({ name, at }) => {
    const item = knownItem(name, items)
    if (item === undefined || items.isSubscribed?.(item) !== false) return []
    return [
      {
        code: 'item-unsubscribed',
        severity: 'warning',
        message: `Cannot be sure that a device looks at ${item}: nothing subscribes to it`,
        at,
        found: item,
        expected: `${item} in a status subscription`,
      },
    ]
  })
