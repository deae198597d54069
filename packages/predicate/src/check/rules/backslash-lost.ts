import { nodesOf } from '../../ast/nodes-of.ts'
import type { Rule } from '../rule.ts'

/** A backslash before a character that it does not escape is dropped: `'\d'` is `d`, and `'\\d'` is meant. */
export const backslashLost: Rule = (predicate) => {
  const patterns = new Set(nodesOf(predicate, 'comparison').map((node) => node.operator === 'MATCHES' && node.right))
  return nodesOf(predicate, 'string').flatMap((node) => {
    const { written, value, at } = node
    if (written === undefined) return []
    const isClass = patterns.has(node) && /\\[dDwWsSBpP]/.test(written.replaceAll('\\\\', ''))
    return [
      {
        code: 'backslash-lost',
        severity: isClass ? 'error' : 'warning',
        message: `Cannot keep a single backslash: the device reads ${JSON.stringify(value.slice(0, 60))}`,
        at,
        found: written.slice(0, 60),
        expected: 'each backslash doubled (in JSON written by hand: four)',
        rewrite: written.replaceAll(/\\([\s\S])/g, (pair, letter: string) =>
          escapes.test(letter) ? pair : `\\${pair}`,
        ),
      },
    ]
  })
}

/** What may follow a backslash, and is an escape with it. */
const escapes = /[\\'"nrtbfva0-7xXuU]/
