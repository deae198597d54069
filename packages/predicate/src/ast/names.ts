import { walk } from './children.ts'
import type { PredicateNode } from './nodes.ts'

/** The names inside every `@status(…)` of a predicate, each once, in order of appearance. */
export function statusNames(node: PredicateNode): string[] {
  return namesOf(node, 'status')
}

/** The names inside every `@property(…)` of a predicate, each once, in order of appearance. */
export function propertyNames(node: PredicateNode): string[] {
  return namesOf(node, 'property')
}

function namesOf(node: PredicateNode, kind: 'status' | 'property'): string[] {
  const names = new Set<string>()
  for (const part of walk(node)) if (part.kind === kind) names.add(part.name)
  return [...names]
}
