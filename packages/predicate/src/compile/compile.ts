import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateContext } from '../context/predicate-context.ts'
import { PredicateError } from '../predicate-error.ts'
import { Frame } from '../runtime/frame.ts'
import type { Compilers } from './compilers.ts'
import { compileExpression } from './expression.ts'
import { failed, type Outcome } from './outcome.ts'
import { compilePredicate } from './predicate.ts'

/** The two entrances, for what evaluates single parts of a predicate. */
export const compilers: Compilers = {
  predicate: (node) => compilePredicate(node, compilers),
  expression: (node) => compileExpression(node, compilers),
}

/**
 * Turns a tree into a closure, once; nothing is looked up by kind of node afterwards. The closure gives an outcome for
 * each context and throws only what the context itself throws.
 */
export function compile(node: PredicateNode): (context: PredicateContext) => Outcome {
  const test = compilers.predicate(node)
  return (context) => {
    try {
      return { kind: test(new Frame(context)) ? 'true' : 'false' }
    } catch (error) {
      if (error instanceof PredicateError) return failed(error)
      throw error
    }
  }
}
