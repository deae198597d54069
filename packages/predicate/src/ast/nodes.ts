import type { Place } from '../source/place.ts'

export interface Located {
  readonly at: Place
}

// Predicates: what is true or false.

export type PredicateNode = Or | And | Not | Constant | Comparison

export interface Or extends Located {
  readonly kind: 'or'
  readonly operands: readonly PredicateNode[]
  /** Where AND stands beside this OR without parentheses; absent in a clear source. Not part of a tree's identity. */
  readonly mixedAt?: Place
}

export interface And extends Located {
  readonly kind: 'and'
  readonly operands: readonly PredicateNode[]
}

export interface Not extends Located {
  readonly kind: 'not'
  readonly operand: PredicateNode
}

export interface Constant extends Located {
  readonly kind: 'constant'
  readonly value: boolean
}

export type Qualifier = 'ANY' | 'ALL' | 'NONE'

export type ComparisonOperator =
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'BETWEEN'
  | 'CONTAINS'
  | 'IN'
  | 'BEGINSWITH'
  | 'ENDSWITH'
  | 'LIKE'
  | 'MATCHES'
  | 'UTI-CONFORMS-TO'
  | 'UTI-EQUALS'

export interface Comparison extends Located {
  readonly kind: 'comparison'
  readonly qualifier?: Qualifier
  readonly left: Expression
  readonly operator: ComparisonOperator
  /** Letters of `cdnl`, in that order; '' for none. */
  readonly options: string
  readonly right: Expression
  readonly operatorAt: Place
}

// Expressions: what has a value.

export type Expression =
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | Nil
  | Aggregate
  | Self
  | Variable
  | Key
  | Status
  | Property
  | Path
  | Arithmetic
  | Negation
  | SetOperation
  | Call
  | SelectorCall
  | FunctionExpression
  | Subquery
  | Ternary
  | Cast
  | Assignment

/** `written` is kept only where the spelling loses a backslash that escapes nothing. */
export interface StringLiteral extends Located {
  readonly kind: 'string'
  readonly value: string
  readonly written?: string
}

export interface NumberLiteral extends Located {
  readonly kind: 'number'
  readonly value: number | bigint
  /** Written with a point or an exponent: division by it does not truncate. */
  readonly real: boolean
}

export interface BooleanLiteral extends Located {
  readonly kind: 'boolean'
  readonly value: boolean
}

export interface Nil extends Located {
  readonly kind: 'nil'
}

export interface Aggregate extends Located {
  readonly kind: 'aggregate'
  readonly elements: readonly Expression[]
}

export interface Self extends Located {
  readonly kind: 'self'
}

export interface Variable extends Located {
  readonly kind: 'variable'
  readonly name: string
}

/** A bare key: `name` of the object that the predicate is about. */
export interface Key extends Located {
  readonly kind: 'key'
  readonly name: string
}

/** `@status(name)`. `written` is kept only where the spelling differs from the canonical one. */
export interface Status extends Located {
  readonly kind: 'status'
  readonly name: string
  readonly written?: string
}

/** `@property(name)`. */
export interface Property extends Located {
  readonly kind: 'property'
  readonly name: string
  readonly written?: string
}

export interface Path extends Located {
  readonly kind: 'path'
  readonly base: Expression
  readonly steps: readonly Step[]
}

export type Step = KeyStep | ItemStep | CollectionStep | IndexStep

export interface KeyStep extends Located {
  readonly kind: 'key'
  readonly name: string
}

/** `.@key(name)`. */
export interface ItemStep extends Located {
  readonly kind: 'item'
  readonly name: string
  readonly written?: string
}

export type CollectionOperator =
  | 'count'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'unionOfObjects'
  | 'distinctUnionOfObjects'
  | 'unionOfArrays'
  | 'distinctUnionOfArrays'
  | 'unionOfSets'
  | 'distinctUnionOfSets'

export interface CollectionStep extends Located {
  readonly kind: 'collection'
  readonly name: CollectionOperator
}

export interface IndexStep extends Located {
  readonly kind: 'index'
  readonly index: 'FIRST' | 'LAST' | 'SIZE' | Expression
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'

export interface Arithmetic extends Located {
  readonly kind: 'arithmetic'
  readonly operator: ArithmeticOperator
  readonly left: Expression
  readonly right: Expression
}

export interface Negation extends Located {
  readonly kind: 'negation'
  readonly operand: Expression
}

export type SetOperator = 'UNION' | 'INTERSECT' | 'MINUS'

export interface SetOperation extends Located {
  readonly kind: 'set'
  readonly operator: SetOperator
  readonly left: Expression
  readonly right: Expression
}

/** A function by its short name: `sum(…)`, `now()`. */
export interface Call extends Located {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Expression[]
}

/** A function by its selector: `modulus:by:(…)`. */
export interface SelectorCall extends Located {
  readonly kind: 'selector'
  readonly name: string
  readonly arguments: readonly Expression[]
}

/** `FUNCTION(target, selector, …)`: read, never evaluated. */
export interface FunctionExpression extends Located {
  readonly kind: 'function'
  readonly arguments: readonly Expression[]
}

export interface Subquery extends Located {
  readonly kind: 'subquery'
  readonly collection: Expression
  readonly variable: string
  readonly predicate: PredicateNode
}

export interface Ternary extends Located {
  readonly kind: 'ternary'
  readonly condition: PredicateNode
  readonly then: Expression
  readonly otherwise: Expression
}

export interface Cast extends Located {
  readonly kind: 'cast'
  readonly operand: Expression
  readonly type: Expression
}

export interface Assignment extends Located {
  readonly kind: 'assignment'
  readonly variable: string
  readonly value: Expression
}
