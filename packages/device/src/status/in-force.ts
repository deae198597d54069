import type { Declaration, Json } from '@edict/protocol'
import type { AssetContent } from '../content/asset-content.ts'

/** A configuration that is active and applied, with what it refers to. */
export interface InForce {
  readonly identifier: string
  readonly serverToken: string
  readonly declaration: Declaration
  /** The content of an asset by its Identifier, once the device has it. */
  asset(identifier: string): AssetContent | undefined
  /** What a person changed about what it made, by key. */
  readonly edits: ReadonlyMap<string, Json>
}
