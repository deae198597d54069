import { formatError, type PredicateProblem } from '@edict/predicate'
import type { Colours } from '../colours.ts'

/** A problem as a compiler shows it: severity and code, the place under a caret, what was expected, what to write. */
export function problemText(source: string, problem: PredicateProblem, colours: Colours): string {
  const { severity, code, expected, rewrite } = problem
  const [message = '', ...place] = formatError(source, problem).split('\n')
  const word = severity === 'error' ? colours.red(severity) : colours.yellow(severity)
  return [
    `${word}: ${message} ${colours.dim(`[${code}]`)}`,
    ...place.map((line) => `  ${line}`),
    ...(expected === undefined || expected === rewrite ? [] : [`  expected: ${expected}`]),
    ...(rewrite === undefined ? [] : [`  write: ${colours.green(rewrite)}`]),
  ].join('\n')
}
