import type { ClientCapabilities, JsonObject } from '@edict/protocol'
import type { CohortKey } from '../assignment/cohort-key.ts'
import type { Membership } from '../assignment/membership.ts'
import type { Condition } from '../condition/condition.ts'
import type { KeyFor } from '../content/content-key.ts'
import { payloadOf, RESERVED_PREFIX } from '../declaration/declaration.ts'
import { references } from '../declaration/references.ts'
import type { Declared } from '../declared.ts'
import { cohortManifest } from '../manifest/cohort-manifest.ts'
import { generation } from '../manifest/generation.ts'
import type { LeftOut } from '../manifest/manifest.ts'
import { inCanonicalOrder } from '../manifest/token.ts'
import type { DeviceFacts, ItemFact } from '../predict/device-facts.ts'
import type { HeldDeclaration } from '../predict/held-declaration.ts'
import { type Prediction, predict } from '../predict/predict.ts'
import type { Particulars } from '../variable/particulars.ts'
import type { Explanation } from './explanation.ts'
import { setSources } from './set-sources.ts'

/** What is known of one channel when it is explained. */
export interface ExplainGround {
  readonly declared: Declared
  readonly membership: Membership
  readonly key: CohortKey
  readonly capabilities: ClientCapabilities | null
  /** The enrollment's own values. */
  readonly properties: JsonObject
  readonly particulars: Particulars
  /** Makes the keys of hosted content. */
  readonly keyFor?: KeyFor
  readonly items: ReadonlyMap<string, ItemFact>
  readonly conditions: readonly Condition[]
}

/**
 * Every declaration of a channel: which set brings it and from where, what follows for it from what the device reported,
 * and what the device says of it. With `identifier` that one alone, wherever it comes from, with what it names and what names it.
 * Undefined when there is no such declaration.
 */
export function explain(ground: ExplainGround, identifier?: string): readonly Explanation[] | undefined {
  const { held, leftOut } = wanted(ground)
  const prediction = predict({ declarations: held, facts: factsOf(ground), under: null })
  const graph = new Graph(held)
  const names = new Set([
    ...held.map((one) => one.identifier),
    ...leftOut.map((one) => one.identifier),
    ...ground.conditions.map((one) => one.identifier),
  ])
  const one = (name: string) => explained(name, ground, { held, leftOut, prediction, graph })
  if (identifier === undefined) return [...names].flatMap(one).sort(inCanonicalOrder)
  const found = one(identifier)
  if (found.length === 0) return undefined
  const related = graph.around(identifier).filter((name) => name !== identifier)
  return [...found, ...related.flatMap(one).sort(inCanonicalOrder)]
}

interface Made {
  readonly held: readonly HeldDeclaration[]
  readonly leftOut: readonly LeftOut[]
  readonly prediction: Prediction
  readonly graph: Graph
}

/** What the channel should hold, as it is sent, and what is left out of it. */
function wanted({
  key,
  declared,
  capabilities,
  properties,
  particulars,
  keyFor,
}: ExplainGround): Pick<Made, 'held' | 'leftOut'> {
  const manifest = cohortManifest(key, declared, capabilities)
  const templates = new Map(manifest.bodies.map((body) => [body.serverToken, body]))
  const rendered = generation(manifest.half, { properties, particulars }, templates, keyFor)
  const own = new Map(rendered.generation.ownBodies.map((body) => [body.identifier, body]))
  const shared = new Map(manifest.bodies.map((body) => [body.identifier, body]))
  const held = rendered.generation.items.flatMap(({ identifier }) => {
    const body = own.get(identifier) ?? shared.get(identifier)
    return body === undefined ? [] : [{ ...body, payload: payloadOf(body) }]
  })
  return { held, leftOut: [...manifest.leftOut, ...rendered.leftOut] }
}

function factsOf({ key, capabilities, items }: ExplainGround): DeviceFacts {
  const { platform, osVersion } = key.eligibility
  return { platform, osVersion, capabilities, items }
}

function explained(name: string, ground: ExplainGround, made: Made): readonly Explanation[] {
  const held = made.held.find(({ identifier }) => identifier === name)
  const version = ground.declared.declarations.get(name)
  const condition = ground.conditions.find(({ identifier }) => identifier === name) ?? null
  const kind = held?.kind ?? version?.kind ?? condition?.kind
  if (kind === undefined) return []
  const { activations, configurations, assets } = made.prediction
  const activation = activations.get(name)
  const predicted = activation ?? configurations.get(name) ?? assets.get(name)
  const { channel } = ground.key.eligibility
  return [
    {
      kind,
      identifier: name,
      type: held?.type ?? version?.type ?? '',
      serverToken: held?.serverToken ?? null,
      payload: held?.payload ?? null,
      origin: name.startsWith(RESERVED_PREFIX) ? 'edict' : 'declared',
      sets: setSources(name, ground.declared, ground.membership, channel),
      leftOut: made.leftOut.find(({ identifier }) => identifier === name)?.cause ?? null,
      expected: predicted?.activity ?? null,
      because: predicted?.because ?? null,
      predicate: activation?.predicate ?? null,
      refersTo: made.graph.below(name),
      referredToBy: made.graph.above(name),
      condition,
    },
  ]
}

/** Who names whom, among the declarations of a channel. */
class Graph {
  readonly #below = new Map<string, readonly string[]>()
  readonly #above = new Map<string, string[]>()

  constructor(held: readonly HeldDeclaration[]) {
    for (const { identifier, type, payload } of held) {
      const named = [...new Set(references(type, payload).map(({ to }) => to))]
      this.#below.set(identifier, named)
      for (const name of named) this.#above.set(name, [...(this.#above.get(name) ?? []), identifier])
    }
  }

  below(name: string): readonly string[] {
    return this.#below.get(name) ?? []
  }

  above(name: string): readonly string[] {
    return this.#above.get(name) ?? []
  }

  /** A declaration with everything that it reaches, and everything that reaches it. */
  around(name: string): readonly string[] {
    const reach = (step: (one: string) => readonly string[]): ReadonlySet<string> => {
      const found = new Set([name])
      for (const one of found) for (const next of step(one)) found.add(next)
      return found
    }
    return [...new Set([...reach((one) => this.below(one)), ...reach((one) => this.above(one))])]
  }
}
