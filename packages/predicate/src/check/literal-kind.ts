import type { Expression } from '../ast/nodes.ts'

export type LiteralKind = 'number' | 'string' | 'array'

/** The kind of value that an expression has whatever the device says; undefined where that depends, or it may be nil. */
export function literalKind(node: Expression): LiteralKind | undefined {
  switch (node.kind) {
    case 'string':
      return 'string'
    case 'number':
    case 'boolean':
    case 'arithmetic':
    case 'negation':
      return 'number'
    case 'aggregate':
    case 'set':
      return 'array'
    default:
      return undefined
  }
}
