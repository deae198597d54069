import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import type { Value } from '../value/value.ts'

/** Compares two values. Undefined is nil; null is the null object, which only elements of a collection are. */
export type Operator = (left: Value | undefined, right: Value | undefined, steps: Steps) => boolean

/** Makes an operator for one place in the source, with the options written there (letters of `cdnl`). */
export type OperatorMaker = (site: Site, options: string) => Operator
