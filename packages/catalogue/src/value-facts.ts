import type { KeyAvailability } from './availability.ts'

/** Types of values; `number` is Apple's `<real>`, and `any` may be each of the others. */
export type ValueType = 'string' | 'boolean' | 'integer' | 'number' | 'date' | 'data' | 'array' | 'dictionary' | 'any'

/** How a device makes one value of several active configurations of a type with `apply: combined`. */
export type CombineType =
  | 'boolean-and'
  | 'boolean-or'
  | 'enum-first'
  | 'enum-last'
  | 'first'
  | 'array-append'
  | 'number-max'
  | 'number-min'
  | 'set-intersection'
  | 'set-union'

export interface Range {
  readonly min?: number
  readonly max?: number
}

/** Keys by name. */
export interface KeyTable {
  readonly [key: string]: ValueFacts
}

/**
 * What Apple's schema says about one value. The tables can be cyclic (a bookmark folder holds bookmarks): walk them beside
 * a value, never on their own.
 */
export interface ValueFacts {
  readonly type: ValueType
  /** Absent where it has no meaning, as in array items, or where Apple leaves it out. */
  readonly presence?: 'required' | 'optional'
  readonly default?: string | number | boolean
  /** The only values allowed. */
  readonly rangelist?: readonly (string | number)[]
  readonly range?: Range
  /** A regular expression, as Apple writes it. */
  readonly format?: string
  /** How many such items the array around this value has. */
  readonly repetition?: Range
  readonly combine?: CombineType
  /** The value (in an array: each item) is the Identifier of an asset of one of these types. */
  readonly assetTypes?: readonly string[]
  /** Media types that the asset's data may have. */
  readonly contentTypes?: readonly string[]
  readonly availability?: KeyAvailability
  /** Of a dictionary. A dictionary with neither `keys` nor `others` is free. */
  readonly keys?: KeyTable
  /** Of a dictionary: what a key of any other name holds. */
  readonly others?: ValueFacts
  /** Of an array: what each item is. */
  readonly item?: ValueFacts
  /** Of an array whose items are of several kinds: each item is one of these. */
  readonly alternatives?: KeyTable
  /** Of a string: the values allowed, where each has an availability of its own. */
  readonly choices?: { readonly [value: string]: { readonly availability?: KeyAvailability } }
}
