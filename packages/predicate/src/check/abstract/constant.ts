import type { Expression } from '../../ast/nodes.ts'
import type { Value } from '../../value/value.ts'

/** The scalars that a constant is made of: itself, or the elements of a list. Undefined where it is no constant. */
export function constantScalars(node: Expression): readonly Value[] | undefined {
  switch (node.kind) {
    case 'string':
    case 'boolean':
    case 'number':
      return [node.value]
    case 'nil':
      return []
    case 'negation': {
      const { operand } = node
      return operand.kind === 'number'
        ? [typeof operand.value === 'bigint' ? -operand.value : -operand.value]
        : undefined
    }
    case 'aggregate': {
      const elements = node.elements.map(constantScalars)
      return elements.every((element) => element !== undefined) ? elements.flat() : undefined
    }
    default:
      return undefined
  }
}
