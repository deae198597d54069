import { setTimeout as pause } from 'node:timers/promises'
import { encodePlist, type JsonObject, type PlistDict } from '@edict/protocol'
import type { Came, Exchange, Sent } from './exchange.ts'
import type { Line, Outgoing } from './line.ts'
import { type Listed, type Manifest, manifestIn, tokenIn } from './listed.ts'
import { NotAskable } from './not-askable.ts'
import { FIRST_REPORT } from './reports.ts'
import { type Session, talk } from './session.ts'
import type { Who } from './who.ts'

export interface ExamOptions {
  readonly who: Who
  readonly line: Line
  /** Milliseconds to wait for what a server does in its own time: the offer, a command that is to come again, a change. */
  readonly wait: number
  /** Changes what the device should hold; null where nobody said how. */
  readonly change: (() => Promise<void>) | null
}

export interface Enrollment {
  readonly authenticate: Exchange
  readonly tokenUpdate: Exchange
}

/** A declaration that the manifest lists, asked for twice. */
export interface Fetched {
  readonly listed: Listed
  readonly first: Exchange
  readonly second: Exchange
}

/** What was promised before a change, what of it was served after it, and what is promised then. */
export interface Changed {
  readonly before: Manifest
  readonly served: readonly { readonly listed: Listed; readonly exchange: Exchange }[]
  readonly tokens: Exchange
  readonly after: Exchange
}

const CHECK_IN = 'application/x-apple-aspen-mdm-checkin'
const CONNECT = 'application/x-apple-aspen-mdm; charset=UTF-8'
/** Milliseconds between two questions to a server that takes its time. */
const PACE = 200
/** Declarations that are asked for, of a manifest that has more. */
const MOST_DECLARATIONS = 200

/** An examination under way: what was said so far, and the facts that several checks go by, each asked for once. */
export class Exam {
  readonly who: Who
  readonly #line: Line
  readonly #wait: number
  readonly #change: ExamOptions['change']
  readonly #said: Exchange[] = []
  readonly #facts = new Map<string, Promise<unknown>>()

  constructor({ who, line, wait, change }: ExamOptions) {
    this.who = who
    this.#line = line
    this.#wait = wait
    this.#change = change
  }

  /** All that was said so far, oldest first. */
  get said(): readonly Exchange[] {
    return this.#said
  }

  /** A check-in: a message, to which the identity is added, or octets as they are. */
  checkIn(what: string, message: PlistDict | Uint8Array, type = CHECK_IN): Promise<Exchange> {
    const body = message instanceof Uint8Array ? message : encodePlist({ ...this.#keys(), ...message })
    return this.#say({ what, to: 'check-in', type, body })
  }

  /** A connect message: one, to which the identity is added, or octets as they are. */
  connect(what: string, message: PlistDict | Uint8Array, type = CONNECT): Promise<Exchange> {
    const body = message instanceof Uint8Array ? message : encodePlist({ ...this.#keys(), ...message })
    return this.#say({ what, to: 'connect', type, body })
  }

  /** A DeclarativeManagement message. */
  declarative(Endpoint: string, Data?: Uint8Array): Promise<Exchange> {
    const data = Data === undefined ? {} : { Data }
    return this.checkIn(Endpoint, { MessageType: 'DeclarativeManagement', Endpoint, ...data })
  }

  /** A status report: JSON, or octets as they are. */
  async report(report: JsonObject | Uint8Array): Promise<Exchange> {
    await this.firstReport()
    return this.declarative('status', report instanceof Uint8Array ? report : json(report))
  }

  /** A check-in too large to hold, in pieces. It is not signed. */
  async pour(what: string, pieces: () => Iterable<Uint8Array>, length: number): Promise<Exchange> {
    const sent: Sent = { what, to: 'check-in', type: CHECK_IN, body: new Uint8Array() }
    return this.#keep(sent, { body: { pieces, length } })
  }

  enrollment(): Promise<Enrollment> {
    return this.#once('enrollment', async () => {
      const { topic } = this.who
      const facts = { OSVersion: '26.4', BuildVersion: '23E246', ProductName: 'iPad13,1', SerialNumber: 'CONFORMANCE' }
      const authenticate = await this.checkIn('Authenticate', { MessageType: 'Authenticate', Topic: topic, ...facts })
      const push = { Token: new TextEncoder().encode('a token that nobody is'), PushMagic: 'conformance' }
      const tokenUpdate = await this.checkIn('TokenUpdate', { MessageType: 'TokenUpdate', Topic: topic, ...push })
      return { authenticate, tokenUpdate }
    })
  }

  session(): Promise<Session> {
    return this.#once('session', async () => {
      await this.enrollment()
      return talk(this)
    })
  }

  /** The first thing that a device says when declarative management is turned on. */
  firstReport(): Promise<Exchange> {
    return this.#once('first report', async () => {
      await this.session()
      return this.declarative('status', json(FIRST_REPORT))
    })
  }

  tokens(): Promise<Exchange> {
    return this.#once('tokens', async () => {
      await this.firstReport()
      return this.declarative('tokens')
    })
  }

  items(): Promise<Exchange> {
    return this.#once('items', async () => {
      await this.tokens()
      return this.declarative('declaration-items')
    })
  }

  /** @throws NotAskable where it cannot be read */
  async manifest(): Promise<Manifest> {
    return readable(manifestIn(await this.items()))
  }

  /** Those that the manifest lists, each asked for twice. @throws NotAskable where there are none */
  fetched(): Promise<readonly Fetched[]> {
    return this.#once('fetched', async () => {
      const { listed } = await this.manifest()
      if (listed.length === 0)
        throw new NotAskable('the manifest lists nothing: give this device some declarations, then examine again')
      const fetched: Fetched[] = []
      for (const one of listed.slice(0, MOST_DECLARATIONS))
        fetched.push({ listed: one, first: await this.declaration(one), second: await this.declaration(one) })
      return fetched
    })
  }

  declaration({ kind, identifier }: Pick<Listed, 'kind' | 'identifier'>): Promise<Exchange> {
    return this.declarative(`declaration/${kind}/${identifier}`)
  }

  /** @throws NotAskable where nobody said how to change something */
  changed(): Promise<Changed> {
    return this.#once('changed', async () => {
      if (this.#change === null)
        throw new NotAskable('give a command that changes what this device should hold: --change-command')
      await this.tokens()
      const before = readable(manifestIn(await this.declarative('declaration-items')))
      await this.#change()
      const served: { listed: Listed; exchange: Exchange }[] = []
      for (const listed of before.listed.slice(0, MOST_DECLARATIONS))
        served.push({ listed, exchange: await this.declaration(listed) })
      const tokens = await this.until(
        () => this.declarative('tokens'),
        (exchange) => tokenIn(exchange) !== before.token,
      )
      return { before, served, tokens, after: await this.declarative('declaration-items') }
    })
  }

  /** Asks again and again until the answer is as wished, or the time is over; gives the last. */
  async until(ask: () => Promise<Exchange>, isWished: (exchange: Exchange) => boolean): Promise<Exchange> {
    const end = performance.now() + this.#wait
    for (;;) {
      const exchange = await ask()
      if (isWished(exchange) || performance.now() >= end) return exchange
      await pause(PACE)
    }
  }

  #keys(): PlistDict {
    return { ...this.who.keys } as PlistDict
  }

  async #say(sent: Sent): Promise<Exchange> {
    const { who } = this
    const sealed = who.seal(sent.body, sent.to === 'check-in' ? 'checkInUrl' : 'serverUrl')
    const { signature, authorization, tls } = sealed ?? {}
    const headers = {
      ...(signature === undefined ? {} : { 'mdm-signature': signature }),
      ...(authorization === undefined ? {} : { authorization }),
    }
    return this.#keep(sent, { headers, body: sent.body, ...(tls === undefined ? {} : { tls }) })
  }

  async #keep(sent: Sent, outgoing: Pick<Outgoing, 'body' | 'tls'> & Partial<Outgoing>): Promise<Exchange> {
    const { checkInUrl, connectUrl } = this.who
    const url = sent.to === 'check-in' ? checkInUrl : connectUrl
    const headers = { 'content-type': sent.type, ...outgoing.headers }
    const exchange = { sent, ...(await answerOf(this.#line.put({ ...outgoing, url, headers }))) }
    this.#said.push(exchange)
    return exchange
  }

  #once<T>(name: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#facts.get(name) as Promise<T> | undefined
    if (known !== undefined) return known
    const asked = ask()
    this.#facts.set(name, asked)
    return asked
  }
}

async function answerOf(answer: Promise<Came>): Promise<Pick<Exchange, 'came' | 'failure'>> {
  try {
    return { came: await answer, failure: null }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { came: null, failure: code ?? message }
  }
}

function readable(manifest: Manifest | undefined): Manifest {
  if (manifest === undefined) throw new NotAskable('the manifest cannot be read: see manifest-answered')
  return manifest
}

function json(report: JsonObject): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(report))
}
