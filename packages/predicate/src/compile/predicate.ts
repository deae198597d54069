import type { PredicateNode } from '../ast/nodes.ts'
import type { Test } from '../runtime/frame.ts'
import { compileComparison } from './comparison.ts'
import type { Compilers } from './compilers.ts'

/** AND and OR go from left to right and stop where the answer is known, which may hide an error further right. */
export function compilePredicate(node: PredicateNode, to: Compilers): Test {
  switch (node.kind) {
    case 'or': {
      const tests = node.operands.map(to.predicate)
      return (frame) => tests.some((test) => test(frame))
    }
    case 'and': {
      const tests = node.operands.map(to.predicate)
      return (frame) => tests.every((test) => test(frame))
    }
    case 'not': {
      const test = to.predicate(node.operand)
      return (frame) => !test(frame)
    }
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'comparison':
      return compileComparison(node, to)
  }
}
