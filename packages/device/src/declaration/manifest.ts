import type { DeclarationItemsResponse, DeclarationKind } from '@edict/protocol'
import { heldKey } from './held.ts'

export interface ManifestEntry {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly serverToken: string
}

/** The manifest by kind and identifier, in the order in which bodies are fetched. Of a pair listed twice the last counts. */
export function manifestOf({ Declarations }: DeclarationItemsResponse): Map<string, ManifestEntry> {
  const manifest = new Map<string, ManifestEntry>()
  const groups = [
    ['activation', Declarations.Activations],
    ['configuration', Declarations.Configurations],
    ['asset', Declarations.Assets],
    ['management', Declarations.Management],
  ] as const
  for (const [kind, items] of groups) {
    for (const { Identifier, ServerToken } of items) {
      manifest.set(heldKey(kind, Identifier), { kind, identifier: Identifier, serverToken: ServerToken })
    }
  }
  return manifest
}
