import type { PredicateNode } from '../ast/nodes.ts'
import { expression } from './expression.ts'
import { depthGuard, type Grammar } from './grammar.ts'
import { predicate } from './predicate.ts'
import { Tokens } from './tokens.ts'

/**
 * Reads a predicate, AND binding tighter than OR. Takes a source of bounded length and nesting (see `limits`); throws a
 * PredicateError of stage `parse` with the place, what was found and what was expected.
 */
export function parse(source: string): PredicateNode {
  const tokens = new Tokens(source)
  const grammar: Grammar = {
    tokens,
    ...depthGuard(tokens),
    predicate: () => predicate(grammar),
    expression: () => expression(grammar),
  }
  const tree = grammar.predicate()
  if (tokens.next.kind !== 'end') throw tokens.unexpected('AND, OR or the end')
  return tree
}
