import { walk } from '../../ast/children.ts'
import type { PredicateNode } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import type { Rule } from '../rule.ts'
import type { StatusItemTable } from '../status-item-table.ts'

/** A predicate that looks at what it switches can turn itself on and off without end. */
export const selfReference: Rule = (predicate, items) =>
  nodesOf(predicate, 'status')
    .filter(({ name }) => /^management\.declarations(?:\.|$)/.test(name) && concernsItself(predicate, items))
    .map(({ name, at }) => ({
      code: 'self-reference',
      severity: 'warning',
      message: `Cannot be sure that it settles: @status(${name}) changes when the activation does`,
      at,
      found: name,
      expected: 'the state of declarations that this activation does not switch',
    }))

/** It does where it names one of its own declarations, or none at all. */
function concernsItself(predicate: PredicateNode, { own }: StatusItemTable): boolean {
  if (!own) return true
  const texts = [...walk(predicate)].flatMap((node) => (node.kind === 'string' ? [node.value] : []))
  return texts.length === 0 || texts.some((text) => own.has(text))
}
