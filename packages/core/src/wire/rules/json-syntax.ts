import type { WireRule } from '../wire-rule.ts'

/** Text that is no JSON, and none of the mistakes that are recognised as such. */
export const jsonSyntax: WireRule = {
  code: 'json-syntax',
  severity: 'error',
  finds: 'text that is no JSON: a comma too many, a comment, a key without quotes, text that ends too early',
}
