import type { JsonObject } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import { PROPERTIES_TYPE } from '../declaration/declaration.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { serverToken } from '../declaration/server-token.ts'
import { type Problem, warning } from '../problem.ts'
import type { Body, CommonHalf, CommonItem, Generation, Item, OwnValues } from './manifest.ts'
import { declarationsToken, inCanonicalOrder, ownToken } from './token.ts'

/** A template as it was written, by content hash. */
export type Templates = ReadonlyMap<string, Body>

/** A generation and what had to be dropped to make it. */
export interface Rendered {
  readonly generation: Generation
  readonly dropped: readonly Problem[]
}

/**
 * The whole manifest that a common half and one enrollment's values make. It is made from the values and content hashes
 * that were shown, never from current ones, so a device is served what it was shown. A property key is kept by the
 * enrollment's own values, then by the smaller Identifier; each drop is a problem; an empty result is left out.
 *
 * @throws Error when a template's content is not in `templates`: the store lost what a manifest refers to.
 */
export function generation(half: CommonHalf, values: OwnValues, templates: Templates): Rendered {
  const taken = new Map<string, string>(Object.keys(values.properties).map((key) => [key, OWN_PROPERTIES]))
  const rendered = half.items.filter((item) => item.own).map((item) => render(item, values, templates, taken))
  const ownBodies = rendered.flatMap(({ body }) => (body === undefined ? [] : [body]))
  const shared = half.items
    .filter((item) => !item.own)
    .map(({ kind, identifier, type, hash }): Item => ({ kind, identifier, type, serverToken: hash }))
  const own = ownBodies.map((body): Item => {
    return { kind: body.kind, identifier: body.identifier, type: body.type, serverToken: body.serverToken }
  })
  return {
    generation: {
      token: declarationsToken(half.token, ownToken(values)),
      items: [...shared, ...own].sort(inCanonicalOrder),
      ownBodies,
    },
    dropped: rendered.flatMap(({ dropped }) => dropped),
  }
}

interface OwnRendered {
  readonly body?: Body
  readonly dropped: readonly Problem[]
}

function render(item: CommonItem, values: OwnValues, templates: Templates, taken: Map<string, string>): OwnRendered {
  if (item.identifier === OWN_PROPERTIES)
    return { ...propertiesBody(OWN_PROPERTIES, values.properties, 0), dropped: [] }
  const template = templates.get(item.hash)
  if (template === undefined)
    throw new Error(`Cannot build manifest: content ${item.hash} of ${item.identifier} is missing`)
  if (template.type !== PROPERTIES_TYPE) return { body: template, dropped: [] }
  return properties(template, taken)
}

function properties(template: Body, taken: Map<string, string>): OwnRendered {
  const entries = Object.entries(JSON.parse(template.payload) as JsonObject)
  const dropped = entries.flatMap(([key]) => drop(template.identifier, key, taken.get(key)))
  const kept = entries.filter(([key]) => !taken.has(key))
  for (const [key] of kept) taken.set(key, template.identifier)
  if (dropped.length === 0) return { body: template, dropped }
  return { ...propertiesBody(template.identifier, Object.fromEntries(kept), template.reapply), dropped }
}

function drop(identifier: string, key: string, keeper: string | undefined): Problem[] {
  if (keeper === undefined) return []
  const evidence = { at: `/Payload/${key}`, by: [keeper, identifier], remedy: 'give the key to one of the two' }
  return [warning('property-dropped', `Cannot send property ${key} of ${identifier}: ${keeper} keeps it`, evidence)]
}

function propertiesBody(identifier: string, values: JsonObject, reapply: number): { readonly body?: Body } {
  if (Object.keys(values).length === 0) return {}
  const content = {
    kind: 'management',
    identifier,
    type: PROPERTIES_TYPE,
    payload: canonical(values),
    reapply,
  } as const
  return { body: { ...content, serverToken: serverToken(content) } }
}
