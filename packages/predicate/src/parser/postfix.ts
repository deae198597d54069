import type { Expression, IndexStep, Step } from '../ast/nodes.ts'
import { atom } from './atom.ts'
import type { Grammar } from './grammar.ts'

/** Postfix : Atom { "." Member | "[" Index "]" } */
export function postfix(grammar: Grammar): Expression {
  const { tokens } = grammar
  const at = tokens.here
  const bracketed = tokens.isSymbol('(')
  const base = atom(grammar)
  const steps: Step[] = []
  for (;;) {
    if (tokens.skipSymbol('.')) steps.push(member(grammar))
    else if (tokens.isSymbol('[')) steps.push(index(grammar))
    else break
  }
  if (steps.length === 0) return base
  if (base.kind !== 'path' || (bracketed && base.steps.some((step) => step.kind === 'collection'))) {
    return grammar.grown({ kind: 'path', base, steps, at })
  }
  return grammar.grown({ kind: 'path', base: base.base, steps: [...base.steps, ...steps], at: base.at })
}

/** Member : Identifier | "#" AnyWord | "@" CollectionOperator | "@key" "(" ItemName ")" */
function member(grammar: Grammar): Step {
  const { tokens } = grammar
  const { next } = tokens
  const at = tokens.here
  if (tokens.isName(next) || next.kind === 'escaped') {
    tokens.advance()
    return { kind: 'key', name: next.text, at }
  }
  if (next.kind === 'collection') {
    tokens.advance()
    return { kind: 'collection', name: next.name, at }
  }
  if (next.kind === 'term' && next.term === 'key') {
    tokens.advance()
    return { kind: 'item', name: next.name, at, ...(next.written !== undefined && { written: next.written }) }
  }
  throw tokens.unexpected('a key, @key(…) or an operator on collections')
}

/** Index : "FIRST" | "LAST" | "SIZE" | Expression */
function index(grammar: Grammar): IndexStep {
  const { tokens } = grammar
  const at = tokens.here
  tokens.advance()
  const word = (['FIRST', 'LAST', 'SIZE'] as const).find((name) => tokens.isWord(name))
  if (word) tokens.advance()
  const step = { kind: 'index', index: word ?? grammar.expression(), at } as const
  tokens.takeSymbol(']')
  return step
}
