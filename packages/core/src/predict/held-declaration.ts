import type { DeclarationKind, JsonObject } from '@edict/protocol'

/** A declaration as a device has it. */
export interface HeldDeclaration {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly type: string
  /** Names the content: another one is another declaration. */
  readonly serverToken: string
  readonly payload: JsonObject
}
