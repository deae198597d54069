import {
  type AssignmentChannel,
  authenticate,
  type Body,
  CAPABILITIES_ITEM,
  changedAt,
  cohortKey,
  cohortManifest,
  type Declared,
  type Enrollment,
  eligibilityOf,
  factsReported,
  type Generation,
  generation,
  type LeftOut,
  NO_MEMBERSHIP,
  NOWHERE,
  particularsOf,
  payloadOf,
  reportedItems,
  tokenUpdate,
  userChannel,
} from '@edict/core'
import type { Answer, Transport } from '@edict/device'
import {
  type CheckIn,
  type ClientCapabilities,
  type Command,
  type DeclarativeManagement,
  declarativeManagementCommand,
  decodeCheckIn,
  decodeConnect,
  decodeStatusReport,
  encodeCommand,
  encodeDeclaration,
  encodeDeclarationItems,
  encodeTokensResponse,
  enrollmentIdentity,
  type JsonObject,
  readClientCapabilities,
  timestamp,
} from '@edict/protocol'

/** What a channel has been given. */
export interface GivenTo {
  readonly sets: readonly string[]
  readonly properties: JsonObject
}

interface PeerChannel {
  enrollment: Enrollment
  capabilities: ClientCapabilities | null
  given: GivenTo
  /** The manifest that it was answered last. */
  shown: Wanted | null
  /** When what it wants last changed, for the Timestamp. */
  since: number
  readonly commands: Command[]
}

/** A manifest, its bodies by Identifier, and what is left out of it. */
export interface Wanted {
  readonly generation: Generation
  readonly bodies: ReadonlyMap<string, Body>
  readonly leftOut: readonly LeftOut[]
}

/**
 * The other end of one device, in this process: it answers what a server would, from the same manifests, and keeps nothing.
 * Downloads are what `content` gives.
 */
export class Peer implements Transport {
  readonly #declared: Declared
  readonly #now: () => number
  readonly #content: (url: string) => Answer
  readonly #channels = new Map<string, PeerChannel>()
  #commands = 0

  constructor(declared: Declared, now: () => number, content: (url: string) => Answer) {
    this.#declared = declared
    this.#now = now
    this.#content = content
  }

  give(id: string, given: Partial<GivenTo>): void {
    const channel = this.#channel(id)
    channel.given = { ...channel.given, ...given }
  }

  /** Puts a command into the queue of a channel. */
  queue(id: string, keys: Command['Command']): void {
    this.#channel(id).commands.push({ CommandUUID: this.#uuid(), Command: keys })
  }

  /** The channels that should connect: something waits for them, or they have another manifest than they should. */
  behind(): readonly string[] {
    return [...this.#channels].flatMap(([id, channel]) => {
      const wants = channel.shown?.generation.token !== this.wanted(id).generation.token
      if (wants && channel.commands.length === 0) channel.commands.push(declarativeManagementCommand(this.#uuid()))
      return channel.commands.length > 0 ? [id] : []
    })
  }

  /** What a channel should hold now, with why it does not get the rest. */
  wanted(id: string): Wanted {
    const { enrollment, capabilities, given } = this.#channel(id)
    const channel: AssignmentChannel = 'own'
    const assignments = given.sets.map((set) => ({ set, channel, exclude: false }))
    const key = cohortKey(eligibilityOf(enrollment), { ...NO_MEMBERSHIP, assignments })
    const manifest = cohortManifest(key, this.#declared, capabilities)
    const templates = new Map(manifest.bodies.map((body) => [body.serverToken, body]))
    const { properties } = given
    const own = { properties, particulars: particularsOf(enrollment) }
    const made = generation(manifest.half, own, templates, () => 'key')
    const bodies = new Map([...manifest.bodies, ...made.generation.ownBodies].map((body) => [body.identifier, body]))
    return { generation: made.generation, bodies, leftOut: [...manifest.leftOut, ...made.leftOut] }
  }

  async checkIn(body: Uint8Array): Promise<Answer> {
    const message = decodeCheckIn(body)
    if (message.MessageType === 'DeclarativeManagement') return this.#declarative(message)
    this.#enroll(message)
    return ok()
  }

  async connect(body: Uint8Array): Promise<Answer> {
    const message = decodeConnect(body)
    const { commands } = this.#channel(enrollmentIdentity(message).id)
    if (message.Status !== 'Idle') commands.shift()
    if (message.Status === 'NotNow') return ok()
    const [next] = commands
    return next === undefined ? ok() : ok(encodeCommand(next))
  }

  async fetch(url: string): Promise<Answer> {
    return this.#content(url)
  }

  /** No identity is to be had here: nobody has to prove anything. */
  async post(): Promise<Answer> {
    return { status: 404, headers: {}, body: new Uint8Array() }
  }

  #enroll(message: Exclude<CheckIn, DeclarativeManagement>): void {
    const identity = enrollmentIdentity(message)
    const known = this.#channels.get(identity.id)
    if (message.MessageType === 'Authenticate') {
      this.#put({ ...NOWHERE, ...authenticate(identity, message, known?.enrollment) })
    } else if (message.MessageType === 'TokenUpdate') {
      const device = this.#channel(identity.device).enrollment
      const enrollment = known?.enrollment ?? { ...NOWHERE, ...userChannel(identity, device) }
      this.#put(tokenUpdate(enrollment, message, this.#now()))
    }
  }

  #put(enrollment: Enrollment): void {
    const known = this.#channels.get(enrollment.id)
    const fresh = { capabilities: null, given: NOTHING, shown: null, since: 0, commands: [] }
    this.#channels.set(enrollment.id, { ...fresh, ...known, enrollment })
  }

  #declarative(message: DeclarativeManagement): Answer {
    const id = enrollmentIdentity(message).id
    const channel = this.#channel(id)
    const { Endpoint: endpoint, Data } = message
    switch (endpoint.kind) {
      case 'tokens': {
        const { token } = this.wanted(id).generation
        if (token !== channel.shown?.generation.token) channel.since = changedAt(this.#now(), channel.since)
        const SyncTokens = { DeclarationsToken: token, Timestamp: timestamp(channel.since) }
        return ok(encodeTokensResponse({ SyncTokens }))
      }
      case 'declaration-items':
        channel.shown = this.wanted(id)
        return ok(itemsOf(channel.shown.generation))
      case 'status':
        if (Data !== undefined) this.#report(channel, Data)
        return ok()
      case 'declaration': {
        const body = channel.shown?.bodies.get(endpoint.identifier)
        if (body?.kind !== endpoint.declaration) return { status: 404, headers: {}, body: new Uint8Array() }
        const { type: Type, identifier: Identifier, serverToken: ServerToken } = body
        return ok(encodeDeclaration({ Type, Identifier, ServerToken, Payload: payloadOf(body) }))
      }
    }
  }

  /** What a report says of what the channel can have. */
  #report(channel: PeerChannel, data: Uint8Array): void {
    const items = reportedItems(decodeStatusReport(data).StatusItems)
    const { enrollment } = channel
    channel.enrollment = { ...enrollment, facts: factsReported(enrollment.facts, items) }
    const capabilities = items.find(({ name }) => name === CAPABILITIES_ITEM)
    if (capabilities !== undefined) channel.capabilities = readClientCapabilities(capabilities.value)
  }

  #channel(id: string): PeerChannel {
    const channel = this.#channels.get(id)
    if (channel === undefined) throw new Error(`Cannot find channel ${id}: it did not enroll here`)
    return channel
  }

  #uuid(): string {
    this.#commands += 1
    return `00000000-0000-4000-8000-${String(this.#commands).padStart(12, '0')}`
  }
}

const NOTHING: GivenTo = { sets: [], properties: {} }

function itemsOf({ items, token }: Generation): Uint8Array {
  const of = (kind: string) =>
    items
      .filter((item) => item.kind === kind)
      .map(({ identifier, serverToken }) => ({ Identifier: identifier, ServerToken: serverToken }))
  return encodeDeclarationItems({
    Declarations: {
      Activations: of('activation'),
      Assets: of('asset'),
      Configurations: of('configuration'),
      Management: of('management'),
    },
    DeclarationsToken: token,
  })
}

function ok(body: Uint8Array = new Uint8Array()): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}
