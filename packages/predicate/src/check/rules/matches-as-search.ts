import type { Comparison } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import { printString } from '../../printer/literal.ts'
import { printExpression } from '../../printer/print.ts'
import type { Rule } from '../rule.ts'

/** MATCHES is for the whole string; a plain text, or one between `.*`, says the same with a simpler operator. */
export const matchesAsSearch: Rule = (predicate) =>
  nodesOf(predicate, 'comparison').flatMap(({ operator, options, left, right }) => {
    const simpler = operator === 'MATCHES' && right.kind === 'string' ? simplified(right.value) : undefined
    if (!simpler) return []
    const letters = options ? `[${options}]` : ''
    const rewrite = `${printExpression(left)} ${simpler.operator}${letters} ${printString(simpler.text)}`
    const message = simpler.whole
      ? 'Cannot find this text inside another: MATCHES compares the whole string, and without metacharacters it is =='
      : `Cannot recommend MATCHES here: ${simpler.operator} says the same`
    return [{ code: 'matches-as-search', severity: 'warning', message, at: right.at, found: 'MATCHES', rewrite }]
  })

interface Simpler {
  readonly operator: Comparison['operator']
  readonly text: string
  readonly whole: boolean
}

const plain = /^(\^?)(\.\*)?([^.*+?^$()[\]{}|\\]+)(\.\*)?(\$?)$/

function simplified(pattern: string): Simpler | undefined {
  const [, , before, text, after] = plain.exec(pattern) ?? []
  if (text === undefined) return undefined
  if (before && after) return { operator: 'CONTAINS', text, whole: false }
  if (before) return { operator: 'ENDSWITH', text, whole: false }
  return after ? { operator: 'BEGINSWITH', text, whole: false } : { operator: '==', text, whole: true }
}
