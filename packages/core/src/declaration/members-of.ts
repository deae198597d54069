import { closure } from '../manifest/closure.ts'
import type { DeclarationVersion } from './declaration.ts'

/** The declarations that a list of Identifiers means, with all that they imply, in the order in which they are declared. */
export function membersOf(
  identifiers: readonly string[],
  declarations: ReadonlyMap<string, DeclarationVersion>,
): ReadonlyMap<string, DeclarationVersion> {
  const reached = closure(identifiers, declarations)
  return new Map([...declarations].filter(([identifier]) => reached.has(identifier)))
}
