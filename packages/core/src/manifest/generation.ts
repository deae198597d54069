import type { Json, JsonObject } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import type { KeyFor } from '../content/content-key.ts'
import { PROPERTIES_TYPE, payloadOf } from '../declaration/declaration.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { serverToken } from '../declaration/server-token.ts'
import { type Problem, warning } from '../problem.ts'
import { particularsToken } from '../variable/particulars.ts'
import { type FindValue, renderPayload } from '../variable/render.ts'
import { dependenceOf } from '../variable/template.ts'
import { valuesFor } from '../variable/values-for.ts'
import { followed, pruned } from './left-out.ts'
import type {
  Body,
  Cause,
  CommonHalf,
  CommonItem,
  Generation,
  Item,
  LeftOut,
  OwnGround,
  OwnValues,
} from './manifest.ts'
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
 * enrollment's own values, then by the smaller Identifier; each drop is a problem; an empty result is left out. So is what has a variable
 * that stands for nothing, with what cannot be without it.
 *
 * @param keyFor makes the keys of hosted content
 * @throws Error when a template's content is not in `templates`: the store lost what a manifest refers to.
 */
export function generation(
  half: CommonHalf,
  ground: OwnGround,
  templates: Templates,
  keyFor: KeyFor = withoutSecret,
): Rendered {
  const ownItems = half.items.filter((item) => item.own).sort(inCanonicalOrder)
  const properties = new Properties(ground.properties)
  const rendered = new Map<string, OwnRendered>()
  for (const item of ownItems.filter(({ type }) => type === PROPERTIES_TYPE))
    rendered.set(item.identifier, properties.render(item, templates))
  for (const [identifier, made] of fromTemplates(
    ownItems,
    valuesFor(ground.particulars ?? {}, properties.given, keyFor),
    templates,
  ))
    rendered.set(identifier, made)
  const all = ownItems.flatMap((item) => rendered.get(item.identifier) ?? [])
  const ownBodies = all.flatMap(({ body }) => (body === undefined ? [] : [body]))
  const shared = half.items
    .filter((item) => !item.own)
    .map(({ kind, identifier, type, hash }): Item => ({ kind, identifier, type, serverToken: hash }))
  const own = ownBodies.map((body): Item => {
    return { kind: body.kind, identifier: body.identifier, type: body.type, serverToken: body.serverToken }
  })
  const particulars = ground.particulars === null ? '' : particularsToken(ground.particulars)
  return {
    generation: {
      token: declarationsToken(half.token, { own: ownToken({ properties: ground.properties }), particulars }),
      items: [...shared, ...own].sort(inCanonicalOrder),
      ownBodies,
    },
    dropped: all.flatMap(({ dropped }) => dropped ?? []),
    leftOut: [...ownItems.flatMap((item) => missed(item, rendered.get(item.identifier))), ...unplaced(half, ground)],
  }
}

function withoutSecret({ secret }: Parameters<KeyFor>[0]): never {
  throw new Error(`Cannot build manifest: secret ${secret} of content is missing`)
}

interface OwnRendered {
  readonly body?: Body
  readonly dropped?: readonly Problem[]
  /** Why there is no body. */
  readonly cause?: Cause
}

/** What is made of everything but properties: variables first, and then what refers to what could not be made. */
function fromTemplates(
  ownItems: readonly CommonItem[],
  find: FindValue,
  templates: Templates,
): ReadonlyMap<string, OwnRendered> {
  const made = new Map(
    ownItems
      .filter(({ type }) => type !== PROPERTIES_TYPE)
      .map((item) => [item.identifier, fromTemplate(templateOf(item, templates), find)]),
  )
  const bodies = new Map([...made].map(([identifier, { body }]) => [identifier, body]))
  const gone = followed(bodies, {
    ofItself: ({ identifier }) => made.get(identifier)?.cause,
    // What is not the enrollment's own is there: its cohort has it.
    ofAbsent: () => undefined,
  })
  return new Map(
    [...bodies].map(([identifier, body]): [string, OwnRendered] => {
      const cause = gone.get(identifier)
      return [identifier, cause === undefined ? { body: withoutGone(body, gone) } : { cause }]
    }),
  )
}

function fromTemplate(template: Body, find: FindValue): { readonly body: Body; readonly cause?: Cause } {
  if (!dependenceOf(template).isTemplate) return { body: template }
  const rendered = renderPayload(template.type, payloadOf(template), find)
  if ('missing' in rendered) return { body: template, cause: { code: 'left-out-variable', reason: rendered.missing } }
  return { body: withPayload(template, rendered.payload) }
}

function withoutGone(body: Body, gone: ReadonlyMap<string, Cause>): Body {
  return gone.size === 0 ? body : withPayload(body, pruned(body, gone))
}

/** The body with this payload, under the ServerToken that goes with it; the same one when it has it already. */
function withPayload(body: Body, payload: JsonObject): Body {
  const text = canonical(payload)
  if (text === body.payload) return body
  const changed = { ...body, payload: text }
  return { ...changed, serverToken: serverToken(changed) }
}

function templateOf({ hash, identifier }: CommonItem, templates: Templates): Body {
  const template = templates.get(hash)
  if (template !== undefined) return template
  throw new Error(`Cannot build manifest: content ${hash} of ${identifier} is missing`)
}

function missed({ kind, identifier }: CommonItem, rendered: OwnRendered | undefined): LeftOut[] {
  // An enrollment without own values misses nothing.
  if (rendered === undefined || rendered.body !== undefined || identifier === OWN_PROPERTIES) return []
  const { cause = { code: 'left-out-empty', reason: 'no property is left in it' } } = rendered
  return [{ kind, identifier, cause }]
}

/** Own values of an enrollment whose cohort cannot have properties at all. */
function unplaced(half: CommonHalf, values: OwnValues): LeftOut[] {
  const missed = Object.keys(values.properties).length > 0
  if (!missed || half.items.some((item) => item.identifier === OWN_PROPERTIES)) return []
  const reason = `this enrollment cannot have ${PROPERTIES_TYPE}`
  return [{ kind: 'management', identifier: OWN_PROPERTIES, cause: { code: 'left-out-ineligible', reason } }]
}

/** Properties as they are given out: each key once. */
class Properties {
  /** Who keeps each key, as far as they were given out. */
  readonly #taken: Map<string, string>
  readonly #own: JsonObject
  readonly #given: Map<string, Json>

  constructor(own: JsonObject) {
    this.#own = own
    this.#given = new Map(Object.entries(own))
    this.#taken = new Map(Object.keys(own).map((key) => [key, OWN_PROPERTIES]))
  }

  /** Each key with the value that the device has it with. */
  get given(): ReadonlyMap<string, Json> {
    return this.#given
  }

  render(item: CommonItem, templates: Templates): OwnRendered {
    if (item.identifier === OWN_PROPERTIES) return propertiesBody(OWN_PROPERTIES, this.#own, 0)
    const template = templateOf(item, templates)
    const entries = Object.entries(payloadOf(template))
    const dropped = entries.flatMap(([key]) => drop(template.identifier, key, this.#taken.get(key)))
    const kept = entries.filter(([key]) => !this.#taken.has(key))
    for (const [key, value] of kept) {
      this.#taken.set(key, template.identifier)
      this.#given.set(key, value)
    }
    if (dropped.length === 0 && kept.length > 0) return { body: template, dropped }
    return { ...propertiesBody(template.identifier, Object.fromEntries(kept), template.reapply), dropped }
  }
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
