import { impure } from './impure.ts'
import { mathematics } from './mathematics.ts'
import type { NamedFunction } from './named-function.ts'
import { selectors } from './selectors.ts'
import { statistics } from './statistics.ts'

/** Every function by its name, or by its selector where it has no other. */
export const functions: ReadonlyMap<string, NamedFunction> = new Map([
  ...statistics,
  ...mathematics,
  ...impure,
  ...selectors,
])
