import type { ClientCapabilities } from '@edict/protocol'
import type { CohortKey } from '../assignment/cohort-key.ts'
import { wantedSets } from '../assignment/wanted-sets.ts'
import { canonical } from '../canonical.ts'
import { type DeclarationVersion, PROPERTIES_TYPE, payloadOf, RESERVED_PREFIX } from '../declaration/declaration.ts'
import { generatedDeclarations, OWN_PROPERTIES } from '../declaration/generated.ts'
import { references } from '../declaration/references.ts'
import { serverToken } from '../declaration/server-token.ts'
import type { Declared } from '../declared.ts'
import { ineligible } from '../eligibility/available.ts'
import { dependenceOf } from '../variable/template.ts'
import { closure } from './closure.ts'
import { leftOut, pruned } from './left-out.ts'
import type { Body, CommonHalf, CommonItem, LeftOut } from './manifest.ts'
import { subscribedItems } from './subscribed-items.ts'
import { commonToken, inCanonicalOrder } from './token.ts'

/** Everything that a cohort's sets and eligibility make, before any one enrollment's values. */
export interface CohortManifest {
  readonly half: CommonHalf
  /** The bodies of the shared items, and under their content hash the templates as written. */
  readonly bodies: readonly Body[]
  readonly leftOut: readonly LeftOut[]
  /** Each key of the administrators' properties declarations, with all that carry it; the first of them keeps it. */
  readonly properties: ReadonlyMap<string, readonly string[]>
  /** Status items that an activation's subscriptions name, sorted. */
  readonly subscribed: readonly string[]
}

/** The common half of a cohort. The same declarations give the same token, whatever order they arrived in. */
export function cohortManifest(
  key: CohortKey,
  declared: Declared,
  capabilities: ClientCapabilities | null,
): CohortManifest {
  const members = wantedSets(key, declared).flatMap((set) => declared.sets.get(set) ?? [])
  const wanted = new Map(closure(members, declared.declarations))
  for (const version of generatedDeclarations(declared.settings, capabilities)) wanted.set(version.identifier, version)

  const gone = leftOut(wanted, key.eligibility, capabilities)
  const own = ownIdentifiers(wanted)
  const kept = [...wanted.values()].filter((version) => !gone.has(version.identifier)).sort(inCanonicalOrder)
  const bodies = kept.map((version) => asSent(version, gone))
  const items = bodies.map((body): CommonItem => {
    const { kind, identifier, type, serverToken: hash } = body
    return { kind, identifier, type, hash, own: own.has(identifier) }
  })
  if (ineligible(PROPERTIES_TYPE, key.eligibility, capabilities) === undefined) items.push(PLACE_OF_OWN_PROPERTIES)
  items.sort(inCanonicalOrder)
  const ofParticulars = kept.some((version) => dependenceOf(version).ofParticulars)
  return {
    half: { token: commonToken(items, ofParticulars), items },
    bodies,
    leftOut: [...gone].flatMap(([identifier, cause]) => reported(wanted.get(identifier), cause)).sort(inCanonicalOrder),
    properties: propertyKeys(kept),
    subscribed: subscribedItems(bodies),
  }
}

/** Where an enrollment's own properties go: in the common half only so that its token says whether they can be had. */
const PLACE_OF_OWN_PROPERTIES: CommonItem = {
  kind: 'management',
  identifier: OWN_PROPERTIES,
  type: PROPERTIES_TYPE,
  hash: 'own',
  own: true,
}

/** What Edict would have added is no news to the administrator when a device cannot have it. */
function reported(version: DeclarationVersion | undefined, cause: LeftOut['cause']): LeftOut[] {
  if (version === undefined || version.identifier.startsWith(RESERVED_PREFIX)) return []
  return [{ kind: version.kind, identifier: version.identifier, cause }]
}

function asWritten(version: DeclarationVersion): Body {
  const { kind, identifier, type, payload, reapply, contentHash } = version
  return { kind, identifier, serverToken: contentHash, type, payload, reapply }
}

function asSent(version: DeclarationVersion, gone: Parameters<typeof pruned>[1]): Body {
  const { kind, identifier, type, reapply } = version
  const payload = canonical(pruned(version, gone))
  if (payload === version.payload) return asWritten(version)
  const content = { kind, identifier, type, payload, reapply }
  return { ...content, serverToken: serverToken(content) }
}

/** The templates of a closure and every declaration that reaches one by reference. */
function ownIdentifiers(wanted: ReadonlyMap<string, DeclarationVersion>): ReadonlySet<string> {
  const templates = [...wanted.values()].filter((version) => dependenceOf(version).isTemplate)
  const own = new Set(templates.map((version) => version.identifier))
  if (own.size === 0) return own
  for (let before = -1; before !== own.size; ) {
    before = own.size
    for (const version of wanted.values()) {
      if (references(version.type, payloadOf(version)).some((reference) => own.has(reference.to)))
        own.add(version.identifier)
    }
  }
  return own
}

function propertyKeys(kept: readonly DeclarationVersion[]): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>()
  for (const version of kept.filter(({ type }) => type === PROPERTIES_TYPE)) {
    for (const key of Object.keys(payloadOf(version))) keys.set(key, [...(keys.get(key) ?? []), version.identifier])
  }
  return keys
}
