import { refused } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** No device asks for it; a later one may ask for what a server does not know yet. Apple says nothing of it: 404 and 400 both pass. */
export const unknownKind: Check<Exchange> = {
  code: 'unknown-kind',
  group: 'declarations',
  severity: 'warning',
  must: 'an Endpoint of a kind that there is not is answered 4xx, and not 401',
  source: 'apple documentation: declarative-management',
  ask: async (exam) => {
    await exam.tokens()
    return exam.declarative('declaration/gadget/conformance')
  },
  judge: refused,
}
