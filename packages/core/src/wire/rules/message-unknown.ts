import type { WireRule } from '../wire-rule.ts'

/** Something else than a message: nothing can be said of it. */
export const messageUnknown: WireRule = {
  code: 'message-unknown',
  severity: 'warning',
  finds: 'JSON or a property list that is no message of device management',
}
