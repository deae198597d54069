import type { WireRule } from '../wire-rule.ts'

/** A property list that cannot be read. */
export const plistSyntax: WireRule = {
  code: 'plist-syntax',
  severity: 'error',
  finds: 'a property list that cannot be read, XML or binary, or whose root is no dictionary',
}
