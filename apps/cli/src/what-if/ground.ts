import type { DeviceFacts, HeldDeclaration } from '@edict/core'
import type { JsonObject } from '@edict/protocol'

/** What is true before a change. */
export interface Ground {
  readonly facts: DeviceFacts
  readonly declarations: readonly HeldDeclaration[]
  /** The enrollment's own values: they stand in a declaration of their own, and take keys from others. */
  readonly properties: JsonObject
  /** Which declarations the device itself calls active. */
  readonly said: ReadonlyMap<string, boolean>
}
