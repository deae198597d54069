import type { Real } from './real.ts'

/** What predicates are evaluated over. Anything read from JSON is a Value; integral numbers count as integers. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Real
  | readonly Value[]
  | { readonly [key: string]: Value }

export interface Dictionary {
  readonly [key: string]: Value
}
