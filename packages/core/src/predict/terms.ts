import type { Expression, PredicateNode, Step } from '@edict/predicate'

type Part = PredicateNode | Expression

/** What a comparison reads from outside, each once, in order of appearance. */
export type Term =
  | { readonly kind: 'status' | 'property'; readonly name: string }
  /** A bare key or SELF: a status path from before `@status` existed, or nothing at all. */
  | { readonly kind: 'bare'; readonly name: string }
  /** `now()`, `random()`: another value each time. */
  | { readonly kind: 'impure'; readonly name: string }

export function termsOf(node: Part): readonly Term[] {
  const found = new Map<string, Term>()
  for (const part of parts(node)) {
    const term = termOf(part)
    if (term !== undefined) found.set(`${term.kind} ${term.name}`, term)
  }
  return [...found.values()]
}

/** Whether a node gives a variable a value, which nodes further right then see. */
export function assigns(node: Part): boolean {
  return parts(node).some(({ kind }) => kind === 'assignment')
}

const impure: ReadonlySet<string> = new Set(['now', 'random', 'randomn'])

function termOf(part: Part): Term | undefined {
  switch (part.kind) {
    case 'status':
    case 'property':
      return { kind: part.kind, name: part.name }
    case 'key':
      return { kind: 'bare', name: part.name }
    case 'self':
      return { kind: 'bare', name: 'SELF' }
    case 'call':
      return impure.has(part.name) ? { kind: 'impure', name: `${part.name}()` } : undefined
    default:
      return undefined
  }
}

function parts(node: Part): readonly Part[] {
  return [node, ...inside(node).flatMap(parts)]
}

function inside(node: Part): readonly Part[] {
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
      return [node.base, ...node.steps.flatMap(indexOf)]
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

function indexOf(step: Step): readonly Expression[] {
  return step.kind === 'index' && typeof step.index === 'object' ? [step.index] : []
}
