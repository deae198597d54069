import { type Node, walk } from './children.ts'

/** All nodes of one kind, in the order of the source. */
export function nodesOf<Kind extends Node['kind']>(root: Node, kind: Kind): readonly Extract<Node, { kind: Kind }>[] {
  return [...walk(root)].filter((node): node is Extract<Node, { kind: Kind }> => node.kind === kind)
}
