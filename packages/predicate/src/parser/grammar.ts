import { children, type Node } from '../ast/children.ts'
import type { Expression, PredicateNode } from '../ast/nodes.ts'
import { limits } from '../source/limits.ts'
import type { Tokens } from './tokens.ts'

/** What every parse function is given: the tokens, the two entrances of the grammar, and the guard of its depth. */
export interface Grammar {
  readonly tokens: Tokens
  predicate(): PredicateNode
  expression(): Expression
  /** Reads something one level deeper; refused beyond the limit, before the stack is. */
  nested<T>(read: () => T): T
  /** Takes a new node into the tree; refused where the tree grows too deep, as `1+1+1+…` does without nesting. */
  grown<N extends Node>(node: N): N
}

export function depthGuard(tokens: Tokens): Pick<Grammar, 'nested' | 'grown'> {
  const heights = new WeakMap<Node, number>()
  let depth = 0
  const tooDeep = (offset: number) =>
    tokens.refuse('nested-too-deeply', 'it is nested too deeply', offset, {
      expected: `at most ${limits.depth} levels`,
    })
  return {
    nested(read) {
      depth += 1
      if (depth > limits.depth) throw tooDeep(tokens.next.offset)
      const result = read()
      depth -= 1
      return result
    },
    grown(node) {
      const height = 1 + children(node).reduce((most, child) => Math.max(most, heights.get(child) ?? 1), 0)
      if (height > limits.depth) throw tooDeep(node.at.offset)
      heights.set(node, height)
      return node
    },
  }
}
