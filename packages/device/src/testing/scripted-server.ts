import { createHash } from 'node:crypto'
import { kindOf } from '@edict/catalogue'
import {
  type CheckIn,
  type Command,
  type CommandResult,
  type ConnectMessage,
  type Declaration,
  type DeclarationItemsResponse,
  declarativeManagementCommand,
  decodeCheckIn,
  decodeConnect,
  decodeStatusReport,
  type Endpoint,
  encodeCommand,
  encodeDeclaration,
  encodeDeclarationItems,
  encodeTokensResponse,
  enrollmentIdentity,
  formatEndpoint,
  type JsonObject,
  type PlistDict,
  type StatusReport,
  timestamp,
} from '@edict/protocol'
import type { Answer, OctetRange, Post, Sealed, TlsTerms, Transport } from '../transport.ts'
import type { ScriptedAuthority } from './scripted-authority.ts'

const empty = new Uint8Array()

export interface Reported extends StatusReport {
  readonly channel: string
}

/** A server that knows the protocol and decides nothing: it answers from what the test put into it. */
export class ScriptedServer implements Transport {
  readonly checkIns: CheckIn[] = []
  readonly connects: ConnectMessage[] = []
  /** Of all channels: `<Endpoint>` of declarative management, in order. */
  endpoints: string[] = []
  reports: Reported[] = []
  readonly results: CommandResult[] = []
  readonly contents = new Map<string, Answer>()
  fetched: string[] = []
  /** False: answers ranges with all. */
  sendsParts = true
  /** How each check-in and connect travelled, in order. */
  readonly proofs: { readonly body: Uint8Array; readonly sealed: Sealed | undefined }[] = []
  /** Answers SCEP where there is one. */
  authority: ScriptedAuthority | null = null
  now = Date.parse('2026-09-01T08:00:00Z')
  /** Answers what is asked to get an enrollment profile. */
  enrolls: (post: Post) => Answer | undefined = () => undefined
  /** Answers in place of the server when it gives something; `drop` is no answer at all. */
  intercept: (endpoint: string) => Answer | 'drop' | undefined = () => undefined
  readonly #declarations = new Map<string, Declaration>()
  readonly #commands = new Map<string, Command[]>()
  readonly #refused = new Set<string>()
  #uuid = 0

  put(Type: string, Identifier: string, Payload: JsonObject): void {
    const ServerToken = createHash('sha256')
      .update(JSON.stringify([Type, Payload]))
      .digest('hex')
      .slice(0, 16)
    this.#declarations.set(`${kindOf(Type)}/${Identifier}`, { Type, Identifier, ServerToken, Payload })
    this.now += 1000
  }

  activate(Identifier: string, StandardConfigurations: readonly string[], Predicate?: string): void {
    const payload = Predicate === undefined ? { StandardConfigurations } : { StandardConfigurations, Predicate }
    this.put('com.apple.activation.simple', Identifier, payload)
  }

  subscribe(...names: readonly string[]): void {
    const StatusItems = names.map((Name) => ({ Name }))
    this.put('com.apple.configuration.management.status-subscriptions', 'subscription', { StatusItems })
    this.activate('subscription-activation', ['subscription'])
  }

  take(kind: string, identifier: string): void {
    this.#declarations.delete(`${kind}/${identifier}`)
    this.now += 1000
  }

  get token(): string {
    const pairs = [...this.#declarations].map(([key, { ServerToken }]) => `${key} ${ServerToken}`).sort()
    return createHash('sha256').update(pairs.join('\n')).digest('hex')
  }

  tokens(): Uint8Array {
    return encodeTokensResponse({ SyncTokens: { DeclarationsToken: this.token, Timestamp: timestamp(this.now) } })
  }

  command(channel: string, RequestType: string, keys: PlistDict = {}): string {
    return this.queue(channel, { CommandUUID: `command-${++this.#uuid}`, Command: { ...keys, RequestType } })
  }

  declarativeManagement(channel: string, data?: Uint8Array): string {
    return this.queue(channel, declarativeManagementCommand(`command-${++this.#uuid}`, data))
  }

  queue(channel: string, command: Command): string {
    this.#commands.set(channel, [...(this.#commands.get(channel) ?? []), command])
    return command.CommandUUID
  }

  /** Paths asked for since the last look. */
  sinceLast(): readonly string[] {
    return this.endpoints.splice(0)
  }

  /** The current values of the last reports of a channel, merged item by item. */
  get lastReport(): Reported {
    const last = this.reports.at(-1)
    if (last === undefined) throw new Error('Cannot find a report: there is none')
    return last
  }

  async checkIn(body: Uint8Array, sealed?: Sealed): Promise<Answer> {
    this.proofs.push({ body, sealed })
    const message = decodeCheckIn(body)
    this.checkIns.push(message)
    const endpoint =
      message.MessageType === 'DeclarativeManagement' ? formatEndpoint(message.Endpoint) : message.MessageType
    if (message.MessageType === 'DeclarativeManagement') this.endpoints.push(endpoint)
    const instead = this.intercept(endpoint)
    if (instead === 'drop') throw new Error('no answer')
    if (instead !== undefined) return instead
    if (message.MessageType !== 'DeclarativeManagement') return ok(empty)
    const channel = enrollmentIdentity(message).id
    if (message.Endpoint.kind === 'status' && message.Data !== undefined) {
      this.reports.push({ channel, ...decodeStatusReport(message.Data) })
    }
    return this.#manage(message.Endpoint)
  }

  async connect(body: Uint8Array, sealed?: Sealed): Promise<Answer> {
    this.proofs.push({ body, sealed })
    const message = decodeConnect(body)
    this.connects.push(message)
    const instead = this.intercept(message.Status)
    if (instead === 'drop') throw new Error('no answer')
    if (instead !== undefined) return instead
    const commands = this.#commands.get(enrollmentIdentity(message).id) ?? []
    if (message.Status === 'Idle') this.#refused.clear()
    else this.results.push(message)
    if (message.Status === 'NotNow') this.#refused.add(message.CommandUUID)
    else if (message.Status !== 'Idle') {
      const answered = commands.findIndex(({ CommandUUID }) => CommandUUID === message.CommandUUID)
      if (answered !== -1) commands.splice(answered, 1)
    }
    const next = commands.find(({ CommandUUID }) => !this.#refused.has(CommandUUID))
    return ok(next === undefined ? empty : encodeCommand(next))
  }

  async fetch(url: string, _tls?: TlsTerms, _signature?: string, range?: OctetRange): Promise<Answer> {
    this.fetched.push(range === undefined ? url : `${url} ${range.start}-${range.end}`)
    const instead = this.intercept(url)
    if (instead === 'drop') throw new Error('no answer')
    const whole = instead ??
      this.authority?.get(url) ??
      this.contents.get(url) ?? { status: 404, headers: {}, body: empty }
    if (range === undefined || whole.status !== 200 || !this.sendsParts) return whole
    const { length } = whole.body
    const headers = {
      ...whole.headers,
      'content-range': `bytes ${range.start}-${Math.min(range.end, length - 1)}/${length}`,
    }
    return { status: 206, headers, body: whole.body.slice(range.start, range.end + 1) }
  }

  async post(post: Post): Promise<Answer> {
    const enrolling = this.enrolls(post)
    if (enrolling !== undefined) return enrolling
    const { url, body } = post
    const instead = this.intercept('PKIOperation')
    if (instead === 'drop') throw new Error('no answer')
    return instead ?? (await this.authority?.post(url, body)) ?? { status: 404, headers: {}, body: empty }
  }

  #manage(endpoint: Endpoint): Answer {
    switch (endpoint.kind) {
      case 'tokens':
        return ok(this.tokens())
      case 'declaration-items':
        return ok(encodeDeclarationItems(this.#items()))
      case 'status':
        return ok(empty)
      case 'declaration': {
        const found = this.#declarations.get(`${endpoint.declaration}/${endpoint.identifier}`)
        return found === undefined ? { status: 404, headers: {}, body: empty } : ok(encodeDeclaration(found))
      }
    }
  }

  #items(): DeclarationItemsResponse {
    const of = (kind: string) =>
      [...this.#declarations]
        .filter(([key]) => key.startsWith(`${kind}/`))
        .map(([, { Identifier, ServerToken }]) => ({ Identifier, ServerToken }))
    const Declarations = {
      Activations: of('activation'),
      Assets: of('asset'),
      Configurations: of('configuration'),
      Management: of('management'),
    }
    return { Declarations, DeclarationsToken: this.token }
  }
}

export function ok(body: Uint8Array, contentType = 'application/json'): Answer {
  return { status: 200, headers: { 'content-type': contentType }, body }
}

export function json(value: unknown): Answer {
  return ok(new TextEncoder().encode(JSON.stringify(value)))
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: code, headers, body: empty }
}
