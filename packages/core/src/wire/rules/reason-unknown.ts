import { nearest, reasonCodes } from '@edict/catalogue'
import { ownKey } from '../own-key.ts'
import { child } from '../pointer.ts'
import { reasonsIn } from '../reasons-in.ts'
import { type JsonRule, MOST_FLAWS } from '../wire-rule.ts'

/** A reason code that Apple's schema names. A warning: devices know more than the schema of their day. */
export const reasonUnknown: JsonRule = {
  code: 'reason-unknown',
  severity: 'warning',
  finds: "a reason code in a status report that is not in Apple's schema",
  kinds: ['status'],
  check: (message) =>
    reasonsIn(message)
      .flatMap(({ at, reason, capitalized }) => {
        const key = capitalized ? 'Code' : 'code'
        const code = ownKey(reason, key)
        return typeof code === 'string' && !reasonCodes.has(code) ? [{ at: child(at, key), code }] : []
      })
      .slice(0, MOST_FLAWS)
      .map(({ at, code }) => {
        const near = nearest(code, reasonCodes.keys())
        return {
          at,
          message: `Cannot tell what the reason ${code.slice(0, 80)} means: Apple's schema does not have it`,
          found: code.slice(0, 80),
          ...(near === undefined ? {} : { remedy: `perhaps ${near} was meant` }),
        }
      }),
}
