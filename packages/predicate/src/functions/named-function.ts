import type { Frame } from '../runtime/frame.ts'
import type { Site } from '../runtime/site.ts'
import type { Value } from '../value/value.ts'

/** A function of the language: how many arguments it takes, and its value. Nothing is ever called by a name in a string. */
export interface NamedFunction {
  readonly arity: number
  apply(given: readonly (Value | undefined)[], site: Site, frame: Frame): Value | undefined
}
