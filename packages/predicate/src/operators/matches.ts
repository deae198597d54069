import { compileRegex } from '../regex/compile-regex.ts'
import type { Regex } from '../regex/program.ts'
import { RegexError } from '../regex/regex-error.ts'
import { matchesWhole } from '../regex/run.ts'
import type { Site } from '../runtime/site.ts'
import { limits } from '../source/limits.ts'
import { foldFor } from './fold.ts'
import type { OperatorMaker } from './operator.ts'

/** `MATCHES`: the whole string against a regular expression. An empty pattern matches nothing, like an empty needle. */
export const matches: OperatorMaker = (site, options) => {
  const plain = options.includes('n')
  const fold = foldFor(options.includes('d') && !plain ? 'd' : '')
  const ignoreCase = options.includes('c') && !plain
  let last: { readonly pattern: string; readonly regex: Regex } | undefined
  return (text, pattern, steps) => {
    if (text === undefined || pattern === undefined) return false
    if (typeof text !== 'string' || typeof pattern !== 'string')
      throw site.mismatch('MATCHES', 'two strings', text, pattern)
    if (last?.pattern !== pattern) {
      steps.spend(limits.regexSize >> 3, site.at)
      last = { pattern, regex: compiled(fold(pattern), ignoreCase, site) }
    }
    return pattern !== '' && matchesWhole(last.regex, fold(text), (count) => steps.spend(count, site.at))
  }
}

function compiled(pattern: string, ignoreCase: boolean, site: Site): Regex {
  try {
    return compileRegex(pattern, ignoreCase)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw site.failure(error.code, `the regular expression ${error.message}`, { found: pattern.slice(0, 100) })
  }
}
