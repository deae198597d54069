import { nearest } from '@edict/catalogue'
import { messageNames } from '../message.ts'
import { walkShape } from '../walk-shape.ts'
import type { ShapeRule } from '../wire-rule.ts'

/** A value that is not one of those in Apple's schema. A warning: later releases may have more. */
export const valueUnlisted: ShapeRule = {
  code: 'value-unlisted',
  severity: 'warning',
  finds: "a value of a command or check-in that is not one of those in Apple's schema",
  shape: true,
  check: (message) =>
    walkShape(message).flatMap(({ value, facts: { rangelist }, at, hasType }) => {
      if (!hasType || rangelist === undefined || (typeof value !== 'string' && typeof value !== 'number')) return []
      if (rangelist.includes(value)) return []
      const near = nearest(String(value), rangelist.map(String))
      return [
        {
          at,
          message: `Cannot tell what ${value} is in ${messageNames[message.kind]}: Apple's schema does not list it`,
          found: value,
          expected: `one of ${rangelist.slice(0, 24).join(', ')}`,
          ...(near === undefined ? {} : { remedy: `perhaps ${near} was meant` }),
        },
      ]
    }),
}
