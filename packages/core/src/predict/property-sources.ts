import type { Json, JsonObject } from '@edict/protocol'
import type { HeldDeclaration } from './held-declaration.ts'

/** What `@property` can see, and who set it. */
export interface PropertySources {
  /** Where several set a key, the first of them by Identifier. */
  readonly values: JsonObject
  /** Every declaration that sets a key, by Identifier. */
  readonly sources: ReadonlyMap<string, readonly { readonly identifier: string; readonly value: Json }[]>
}

/** @param declarations the properties declarations that a device has and can use */
export function propertySources(declarations: readonly HeldDeclaration[]): PropertySources {
  const sources = new Map<string, { readonly identifier: string; readonly value: Json }[]>()
  for (const { identifier, payload } of declarations.toSorted((a, b) => (a.identifier < b.identifier ? -1 : 1))) {
    for (const [key, value] of Object.entries(payload)) {
      sources.set(key, [...(sources.get(key) ?? []), { identifier, value }])
    }
  }
  return {
    values: Object.fromEntries([...sources].map(([key, [first]]) => [key, first?.value ?? null])),
    sources,
  }
}
