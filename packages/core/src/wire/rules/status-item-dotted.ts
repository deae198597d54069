import { statusItemsIn } from '../status-items-in.ts'
import type { JsonRule } from '../wire-rule.ts'

/**
 * A report nests the parts of an item's name; dots in a key are how a subscription writes it.
 * @see apple:declarative/protocol/statusreport.yaml
 */
export const statusItemDotted: JsonRule = {
  code: 'status-item-dotted',
  severity: 'error',
  finds: 'a status item under its dotted name, where dictionaries inside each other belong',
  kinds: ['status'],
  check: (message) =>
    statusItemsIn(message)
      .filter(({ at }) => at.slice(at.lastIndexOf('/')).includes('.'))
      .map(({ name, at }) => ({
        at,
        atKey: true,
        message: `Cannot read ${name}: in a report each part of the name is a dictionary of its own`,
        found: at.slice(at.lastIndexOf('/') + 1),
        expected: `/StatusItems/${name.split('.').join('/')}`,
      })),
}
