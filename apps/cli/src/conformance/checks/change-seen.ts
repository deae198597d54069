import type { Check } from '../check.ts'
import type { Changed } from '../exam.ts'
import { tokenIn } from '../listed.ts'

/** Otherwise nothing was examined here. */
export const changeSeen: Check<Changed> = {
  code: 'change-seen',
  group: 'change',
  severity: 'warning',
  must: 'the change is seen in tokens',
  source: 'apple documentation: integrating-declarative-management',
  ask: async (exam) => exam.changed(),
  judge: ({ before, tokens }) =>
    tokenIn(tokens) === before.token
      ? [{ found: 'tokens did not change: did the command change what this device should hold?', exchange: tokens }]
      : [],
}
