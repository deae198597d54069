import type { Expression, PredicateNode, Step } from './nodes.ts'

export type Node = PredicateNode | Expression

/** The nodes right under a node, in the order of the source. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'or':
    case 'and':
      return node.operands
    case 'not':
    case 'negation':
      return [node.operand]
    case 'comparison':
    case 'arithmetic':
    case 'set':
      return [node.left, node.right]
    case 'aggregate':
      return node.elements
    case 'path':
      return [node.base, ...node.steps.flatMap(indexed)]
    case 'call':
    case 'selector':
    case 'function':
      return node.arguments
    case 'subquery':
      return [node.collection, node.predicate]
    case 'ternary':
      return [node.condition, node.then, node.otherwise]
    case 'cast':
      return [node.operand, node.type]
    case 'assignment':
      return [node.value]
    default:
      return []
  }
}

function indexed(step: Step): readonly Node[] {
  return step.kind === 'index' && typeof step.index === 'object' ? [step.index] : []
}

/** A node and everything under it, in the order of the source. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of children(node)) yield* walk(child)
}
