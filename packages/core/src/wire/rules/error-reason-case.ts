import { child } from '../pointer.ts'
import { reasonsIn } from '../reasons-in.ts'
import type { JsonRule } from '../wire-rule.ts'

const small: readonly string[] = ['code', 'description', 'details']
const capital: readonly string[] = ['Code', 'Description', 'Details']

/**
 * In `Errors` a reason says Code, Description, Details; inside a status item code, description, details.
 * @see apple:declarative/protocol/statusreport.yaml, apple:declarative/declarations/declarationbase.yaml
 */
export const errorReasonCase: JsonRule = {
  code: 'error-reason-case',
  severity: 'error',
  finds: 'a reason with the keys of the other place: capitals belong in `Errors`, small letters inside status items',
  kinds: ['status'],
  check: (message) =>
    reasonsIn(message).flatMap(({ at, reason, capitalized }) => {
      const [right, wrong] = capitalized ? [capital, small] : [small, capital]
      return Object.keys(reason)
        .filter((key) => wrong.includes(key))
        .map((key) => ({
          at: child(at, key),
          atKey: true as const,
          message: `Cannot read this reason: ${capitalized ? 'in Errors its keys begin with capitals' : 'inside a status item its keys are in small letters'}`,
          found: key,
          expected: right[wrong.indexOf(key)] ?? '',
        }))
    }),
}
