import { bareName } from './bare-name.ts'
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

/** The dotted names that bare paths of keys spell, such as `device.model.family`, each once: how status was read before `@status(…)`. */
export function barePaths(node: PredicateNode): string[] {
  const names = [...walk(node)].map((part) => (part.kind === 'path' ? bareName(part) : undefined))
  return [...new Set(names.filter((name) => name !== undefined))]
}

function namesOf(node: PredicateNode, kind: 'status' | 'property'): string[] {
  const names = new Set<string>()
  for (const part of walk(node)) if (part.kind === kind) names.add(part.name)
  return [...names]
}
