import {
  givenItem,
  type HeldDeclaration,
  OWN_PROPERTIES,
  PROPERTIES_TYPE,
  type Situation,
  versionOf,
  withValues,
} from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import type { WrittenDraft } from '../test-run/declaration-files.ts'
import type { Ground } from './ground.ts'

/** What is different afterwards. */
export interface Change {
  /** Status items by name. */
  readonly status: JsonObject
  /** Own values, over those there are; null takes one away. */
  readonly properties: JsonObject
  /** Added, or in place of those of the same Identifier. */
  readonly declarations: readonly WrittenDraft[]
  /** Identifiers of declarations taken away. */
  readonly without: readonly string[]
}

/** How it is before a change. */
export function situation({ declarations, properties, facts }: Ground): Situation {
  return { declarations: withValues(withProperties(declarations, properties), facts), facts }
}

/** How it is after a change. */
export function changed({ declarations, properties, facts }: Ground, change: Change): Situation {
  const written = change.declarations.map(({ draft }) => heldFrom(draft))
  const unknown = change.without.find((name) => ![...declarations, ...written].some((one) => one.identifier === name))
  if (unknown !== undefined) throw new UsageError(`Cannot leave out ${unknown}: there is no such declaration`)
  const replaced = new Set([...written.map(({ identifier }) => identifier), ...change.without])
  const left = [...declarations.filter(({ identifier }) => !replaced.has(identifier)), ...written]
  const given = Object.entries({ ...properties, ...change.properties }).filter(([, value]) => value !== null)
  const items = Object.entries(change.status).map(([name, value]) => {
    return [name, value === null ? ({ answer: 'absent', value, at: null } as const) : givenItem(value)] as const
  })
  const after = { ...facts, items: new Map([...facts.items, ...items]) }
  const wanted = withProperties(
    left.filter(({ identifier }) => !change.without.includes(identifier)),
    Object.fromEntries(given),
  )
  return { declarations: withValues(wanted, after), facts: after }
}

export function heldFrom(draft: WrittenDraft['draft']): HeldDeclaration {
  const { kind, identifier, type, contentHash } = versionOf(draft, undefined)
  return { kind, identifier, type, serverToken: contentHash, payload: draft.payload }
}

/** Own values stand in a declaration of their own; where an administrator's declaration has the same key, they win. */
function withProperties(declarations: readonly HeldDeclaration[], properties: JsonObject): readonly HeldDeclaration[] {
  const others = declarations
    .filter(({ identifier }) => identifier !== OWN_PROPERTIES)
    .map((one) => (one.type === PROPERTIES_TYPE ? { ...one, payload: withoutKeys(one.payload, properties) } : one))
  if (Object.keys(properties).length === 0) return others
  return [...others, heldFrom({ identifier: OWN_PROPERTIES, type: PROPERTIES_TYPE, payload: properties, extra: {} })]
}

function withoutKeys(payload: JsonObject, taken: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !Object.hasOwn(taken, key)))
}
