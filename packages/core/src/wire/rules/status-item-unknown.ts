import { nearest, statusItems } from '@edict/catalogue'
import { statusItemsIn } from '../status-items-in.ts'
import { type JsonRule, MOST_FLAWS } from '../wire-rule.ts'

/** A status item that Apple's schema has. A warning: devices report more than the schema of their day. */
export const statusItemUnknown: JsonRule = {
  code: 'status-item-unknown',
  severity: 'warning',
  finds: "a status item that is not in Apple's schema",
  kinds: ['status'],
  check: (message) =>
    statusItemsIn(message)
      .filter(({ known, name }) => !known && name !== 'FullReport')
      .slice(0, MOST_FLAWS)
      .map(({ name, at }) => {
        const near = nearest(name, statusItems.keys())
        return {
          at,
          atKey: true,
          message: `Cannot tell what ${name} is: Apple's schema has no such status item`,
          found: name,
          ...(near === undefined ? {} : { remedy: `perhaps ${near} was meant` }),
        }
      }),
}
