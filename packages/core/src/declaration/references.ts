import { type AssetReference, declarationTypes } from '@edict/catalogue'
import { type DeclarationKind, isJsonObject, type Json, type JsonObject } from '@edict/protocol'

/** A name in a payload that points at another declaration. */
export interface Reference {
  readonly to: string
  /** The kind that the schema wants there. */
  readonly kind: DeclarationKind
  /** JSON pointer into the declaration, e.g. `/Payload/StandardConfigurations/0`. */
  readonly at: string
  /** The asset types that the schema allows there. */
  readonly assetTypes?: readonly string[]
}

/**
 * Every reference of a declaration, in payload order: an activation's StandardConfigurations, and each payload key that
 * Apple's schema marks with asset types. A value of another shape than the schema's is no reference; the payload checks
 * say so.
 */
export function references(type: string, payload: JsonObject): readonly Reference[] {
  const facts = declarationTypes.get(type)
  if (facts === undefined) return []
  const configurations = (facts.configurations ?? []).flatMap((path) => follow(payload, path, 'configuration'))
  const assets = facts.assets.flatMap(({ path, assetTypes }: AssetReference) =>
    follow(payload, path, 'asset').map((reference) => ({ ...reference, assetTypes })),
  )
  return [...configurations, ...assets]
}

function follow(payload: JsonObject, path: readonly string[], kind: DeclarationKind): Reference[] {
  let places: { value: Json; at: string }[] = [{ value: payload, at: '/Payload' }]
  for (const step of path) places = places.flatMap((place) => descend(place.value, step, place.at))
  return places.flatMap(({ value, at }) => (typeof value === 'string' ? [{ to: value, kind, at }] : []))
}

/** `*` stands for the items of an array, and for the values of a dictionary with free keys. */
function descend(value: Json, step: string, at: string): { value: Json; at: string }[] {
  if (isList(value)) return step === '*' ? value.map((item, index) => ({ value: item, at: `${at}/${index}` })) : []
  if (!isJsonObject(value)) return []
  const names = step === '*' ? Object.keys(value) : [step]
  return names.flatMap((name) => {
    const next = value[name]
    return next === undefined ? [] : [{ value: next, at: `${at}/${escapePointer(name)}` }]
  })
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** RFC 6901 §3. */
export function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
