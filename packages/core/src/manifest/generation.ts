import type { JsonObject } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import { PROPERTIES_TYPE } from '../declaration/declaration.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { serverToken } from '../declaration/server-token.ts'
import { type Problem, warning } from '../problem.ts'
import type { Body, CommonHalf, CommonItem, Generation, Item, LeftOut, OwnValues } from './manifest.ts'
import { declarationsToken, inCanonicalOrder, ownToken } from './token.ts'

/** A template as it was written, by content hash. */
export type Templates = ReadonlyMap<string, Body>

/** A generation, what had to be dropped to make it, and what is left out of it for this enrollment alone. */
export interface Rendered {
  readonly generation: Generation
  readonly dropped: readonly Problem[]
  readonly leftOut: readonly LeftOut[]
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
  const ownItems = half.items.filter((item) => item.own).sort(inCanonicalOrder)
  const rendered = ownItems.map((item) => render(item, values, templates, taken))
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
    leftOut: [...ownItems.flatMap((item, index) => emptied(item, rendered[index]?.body)), ...unplaced(half, values)],
  }
}

/** An administrator's declaration of which nothing is left; an enrollment without own values misses nothing. */
function emptied({ kind, identifier }: CommonItem, body: Body | undefined): LeftOut[] {
  if (body !== undefined || identifier === OWN_PROPERTIES) return []
  return [{ kind, identifier, cause: { code: 'left-out-empty', reason: 'no property is left in it' } }]
}

/** Own values of an enrollment whose cohort cannot have properties at all. */
function unplaced(half: CommonHalf, values: OwnValues): LeftOut[] {
  const missed = Object.keys(values.properties).length > 0
  if (!missed || half.items.some((item) => item.identifier === OWN_PROPERTIES)) return []
  const reason = `this enrollment cannot have ${PROPERTIES_TYPE}`
  return [{ kind: 'management', identifier: OWN_PROPERTIES, cause: { code: 'left-out-ineligible', reason } }]
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
  if (dropped.length === 0 && kept.length > 0) return { body: template, dropped }
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
