import {
  type Body,
  type CommonHalf,
  canonical,
  type Generation,
  generation,
  halves,
  type Item,
  type KeyFor,
  type LeftOut,
  type Problem,
  payloadOf,
  SUBSCRIPTION_TYPE,
  sha256,
  subscribedItems,
  type Templates,
} from '@edict/core'
import { type DeclarationKind, encodeDeclaration, encodeDeclarationItems } from '@edict/protocol'
import type { Reads } from '@edict/store'
import { LRUCache } from 'lru-cache'
import type { ContentKeys } from './content/content-keys.ts'

/** A manifest as it is served: everything in it follows from its token, so a cached one is never stale. */
export interface Served {
  readonly generation: Generation
  /** The answer to `declaration-items`. */
  readonly bytes: Uint8Array
  /** Property keys that were dropped to make it. */
  readonly dropped: readonly Problem[]
  /** What the values of the enrollment leave nothing of. */
  readonly leftOut: readonly LeftOut[]
  /** Status items that its subscriptions name, sorted, and the hash of that list. */
  readonly subscribed: readonly string[]
  readonly subscribedHash: string
  /** Which configurations each activation lists. */
  readonly activations: ReadonlyMap<string, readonly string[]>
  /** By kind and Identifier. */
  find(kind: DeclarationKind, identifier: string): Item | undefined
}

/** Manifests and bodies by token, from memory or from the store. */
export interface Manifests {
  served(token: string, reads: Reads): Promise<Served>
  /** The encoded declaration of an item. */
  body(item: Item, served: Served, reads: Reads): Promise<Uint8Array>
}

const KINDS = {
  activation: 'Activations',
  asset: 'Assets',
  configuration: 'Configurations',
  management: 'Management',
} as const

export function createManifests(
  contentKeys: ContentKeys,
  limits = { manifests: 5_000, bodyBytes: 64 * 1024 * 1024 },
): Manifests {
  const manifests = new LRUCache<string, Served>({ max: limits.manifests })
  const commons = new LRUCache<string, Common>({ max: COMMONS })
  const bodies = new LRUCache<string, Uint8Array>({
    maxSize: limits.bodyBytes,
    sizeCalculation: (body) => body.length + 200,
  })
  return {
    async served(token, reads) {
      const cached = manifests.get(token)
      if (cached !== undefined) return cached
      const { common: name } = halves(token)
      const common = commons.get(name) ?? (await commonOf(name, reads, contentKeys))
      commons.set(name, common)
      const made = await build(token, common, reads)
      manifests.set(token, made)
      return made
    },
    async body(item, served, reads) {
      const key = `${item.identifier}/${item.serverToken}`
      const cached = bodies.get(key)
      if (cached !== undefined) return cached
      const own = served.generation.ownBodies.find((body) => body.serverToken === item.serverToken)
      const body = own ?? (await reads.body(item.serverToken))
      if (body === undefined) throw new Error(`Cannot serve ${item.identifier}: body ${item.serverToken} is missing`)
      const bytes = encodeDeclaration({
        Type: body.type,
        Identifier: body.identifier,
        ServerToken: body.serverToken,
        Payload: payloadOf(body),
      })
      bodies.set(key, bytes)
      return bytes
    },
  }
}

/** Halves that many devices have a manifest of their own from. */
const COMMONS = 200

/** What the manifests of a cohort have in common, by the token of its half. */
interface Common {
  readonly half: CommonHalf
  readonly templates: Templates
  readonly keyFor: KeyFor
  /** Activations and subscriptions that are shared. */
  readonly judging: readonly Body[]
}

async function commonOf(token: string, reads: Reads, contentKeys: ContentKeys): Promise<Common> {
  const half = await reads.half(token)
  if (half === undefined) throw new Error(`Cannot build a manifest of ${token}: its half is missing`)
  const hashes = half.items.filter((item) => item.own).map((item) => item.hash)
  const templates = new Map((await reads.bodies(hashes)).map((body) => [body.serverToken, body]))
  const payloads = [...templates.values()].map(({ payload }) => payload)
  const shared = half.items.filter((item) => !item.own && tellsHowToJudge(item))
  return {
    half,
    templates,
    keyFor: await contentKeys.madeFor(payloads, reads),
    judging: await reads.bodies(shared.map(({ hash }) => hash)),
  }
}

async function build(token: string, { half, templates, keyFor, judging }: Common, reads: Reads): Promise<Served> {
  const { own, particulars: of } = halves(token)
  const values = await reads.values(own)
  const particulars = of === null ? null : await reads.particulars(of)
  if (values === undefined || particulars === undefined)
    throw new Error(`Cannot build manifest ${token}: its values are missing`)
  const { generation: made, dropped, leftOut } = generation(half, { ...values, particulars }, templates, keyFor)
  const bodies = [...judging, ...made.ownBodies.filter(tellsHowToJudge)]
  const subscribed = subscribedItems(bodies)
  const byName = new Map(made.items.map((item) => [`${item.kind}/${item.identifier}`, item]))
  return {
    generation: made,
    bytes: encode(made),
    dropped,
    leftOut,
    subscribed,
    subscribedHash: sha256(canonical(subscribed)),
    activations: new Map(
      bodies.filter((body) => body.kind === 'activation').map((body) => [body.identifier, listed(body)]),
    ),
    find: (kind, identifier) => byName.get(`${kind}/${identifier}`),
  }
}

/** Activations and subscriptions are needed to judge what a device reports. */
function tellsHowToJudge({ kind, type }: Pick<Item, 'kind' | 'type'>): boolean {
  return kind === 'activation' || type === SUBSCRIPTION_TYPE
}

function listed(body: Body): readonly string[] {
  const configurations = payloadOf(body).StandardConfigurations
  return Array.isArray(configurations) ? configurations.filter((item) => typeof item === 'string') : []
}

function encode(made: Generation): Uint8Array {
  const of = (kind: DeclarationKind) =>
    made.items
      .filter((item) => item.kind === kind)
      .map(({ identifier, serverToken }) => ({ Identifier: identifier, ServerToken: serverToken }))
  return encodeDeclarationItems({
    Declarations: {
      [KINDS.activation]: of('activation'),
      [KINDS.asset]: of('asset'),
      [KINDS.configuration]: of('configuration'),
      [KINDS.management]: of('management'),
    },
    DeclarationsToken: made.token,
  })
}
