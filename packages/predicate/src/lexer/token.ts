import type { CollectionOperator } from '../ast/nodes.ts'

interface Spanned {
  readonly offset: number
  readonly end: number
}

/** A name or keyword as written; `upper` is what keywords are recognised by. */
export interface Word extends Spanned {
  readonly kind: 'word'
  readonly text: string
  readonly upper: string
}

/** `#name`: a name even where the word is reserved. */
export interface EscapedName extends Spanned {
  readonly kind: 'escaped'
  readonly text: string
}

export interface StringToken extends Spanned {
  readonly kind: 'string'
  readonly value: string
  readonly written?: string
}

export interface NumberToken extends Spanned {
  readonly kind: 'number'
  readonly value: number | bigint
  readonly real: boolean
}

export interface VariableToken extends Spanned {
  readonly kind: 'variable'
  readonly name: string
}

/** `@status(name)`, `@property(name)`, `@key(name)`: one token, since names hold dashes. */
export interface TermToken extends Spanned {
  readonly kind: 'term'
  readonly term: Term
  readonly name: string
  readonly written?: string
}

export type Term = 'status' | 'property' | 'key'

export interface CollectionToken extends Spanned {
  readonly kind: 'collection'
  readonly name: CollectionOperator
}

export interface SymbolToken extends Spanned {
  readonly kind: 'symbol'
  readonly text: string
}

export interface End extends Spanned {
  readonly kind: 'end'
}

export type Token =
  | Word
  | EscapedName
  | StringToken
  | NumberToken
  | VariableToken
  | TermToken
  | CollectionToken
  | SymbolToken
  | End
