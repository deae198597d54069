import { nodesOf } from '../../ast/nodes-of.ts'
import { compileRegex } from '../../regex/compile-regex.ts'
import { RegexError } from '../../regex/regex-error.ts'
import type { Rule } from '../rule.ts'

/** A pattern after MATCHES compiles. */
export const regularExpression: Rule = (predicate) =>
  nodesOf(predicate, 'comparison').flatMap(({ operator, options, right }) => {
    if (operator !== 'MATCHES' || right.kind !== 'string') return []
    const problem = refusal(right.value, options.includes('c'))
    if (!problem) return []
    const message = `Cannot match: the regular expression ${problem.message}`
    return [{ code: problem.code, severity: 'error', message, at: right.at, found: right.value.slice(0, 100) }]
  })

function refusal(pattern: string, ignoreCase: boolean): RegexError | undefined {
  try {
    compileRegex(pattern, ignoreCase)
    return undefined
  } catch (error) {
    if (error instanceof RegexError) return error
    throw error
  }
}
