import type { Availability, ByPlatform } from './availability.ts'
import type { DeclarationType } from './generated/names.ts'

export type DeclarationKind = 'activation' | 'asset' | 'configuration' | 'management'

/** Keys inside `Payload` from the top down; `*` stands for every item of an array, or every value of a dictionary of free keys. */
export type PayloadPath = readonly string[]

/** A payload key that holds the Identifier of an asset declaration. */
export interface AssetReference {
  readonly path: PayloadPath
  /** Declaration types allowed there, e.g. `com.apple.asset.data`. */
  readonly assetTypes: readonly string[]
  /** Media types that the asset's data may have, where Apple restricts them. */
  readonly contentTypes?: readonly string[]
}

/** A declaration type; its payload keys are in `declarationPayload`. */
export interface DeclarationFacts {
  readonly type: DeclarationType
  readonly kind: DeclarationKind
  /** What a device does with several active configurations of this type. Configurations only. */
  readonly apply?: 'single' | 'multiple' | 'combined'
  readonly availability: ByPlatform<Availability>
  readonly assets: readonly AssetReference[]
  /** Payload keys that hold Identifiers of configurations. Activations only. */
  readonly configurations?: readonly PayloadPath[]
}
