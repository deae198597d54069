import type { Declaration, DeclarationKind, StatusReason } from '@edict/protocol'

/** A declaration on the device: its pair from the manifest, and the body that was fetched for it. */
export interface Held {
  readonly kind: DeclarationKind
  readonly identifier: string
  /** Of the manifest; what the body says is not looked at. */
  readonly serverToken: string
  /** Null when the body could not be read. */
  readonly declaration: Declaration | null
  readonly load: Load
}

/** What became of a body. */
export interface Load {
  /** Present and understood; an activation that lists a configuration which is not stays off. */
  readonly loaded: boolean
  /** Its type can be used on this channel. */
  readonly fits: boolean
  readonly reasons: readonly StatusReason[]
}

/** Under which a declaration is kept. */
export function heldKey(kind: DeclarationKind, identifier: string): string {
  return `${kind}/${identifier}`
}
