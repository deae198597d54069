import type { WireRule } from '../wire-rule.ts'

/** A message of another kind than was asked for. */
export const messageNotAsked: WireRule = {
  code: 'message-not-asked',
  severity: 'error',
  finds: 'a message of another kind than it should be, as far as that is known',
}
