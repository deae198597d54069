import type { DeclarationType } from '@edict/catalogue'
import type { Declaration } from '@edict/protocol'

/** Whether a declaration could be read and is of a type. A slip in the type does not compile. */
export function isA(declaration: Declaration | null | undefined, type: DeclarationType): boolean {
  return declaration?.Type === type
}
