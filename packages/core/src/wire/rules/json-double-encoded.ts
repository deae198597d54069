import type { WireRule } from '../wire-rule.ts'

/** JSON that was encoded a second time: a string, in which the message stands. */
export const jsonDoubleEncoded: WireRule = {
  code: 'json-double-encoded',
  severity: 'error',
  finds: 'JSON inside a JSON string: encoded twice',
}
