import { type CheckIn, encodeCheckIn, formatEndpoint } from '@edict/protocol'
import type { Clock } from './clock.ts'
import type { AccountSession } from './enroll/account-session.ts'
import type { ManagementProfile } from './enroll/management-profile.ts'
import type { ScepLine } from './enroll/obtain-identity.ts'
import { RequestLog } from './request-log.ts'
import type { Answer, OctetRange, Post, Sealed, TlsTerms, Transport } from './transport.ts'

interface Line {
  readonly transport: Transport
  readonly clock: Clock
  isOnline(): boolean
  /** The enrollment profile, whose identity proves who speaks; null without one. */
  profile(): ManagementProfile | null
  /** Who signed in for the enrollment; null where nobody did. */
  account(): AccountSession | null
  /** The server says that it does not know this device: 401, or 403 with the code for it. */
  disowned(): void
}

/** How a device asks for an enrollment profile. Null when there was no answer. */
export interface EnrollmentLine {
  get(label: string, url: string): Promise<Answer | null>
  post(label: string, post: Post, tls?: TlsTerms): Promise<Answer | null>
}

/** Every request of a device goes through here: it is logged, and counted while it is under way. */
export class Wire {
  readonly log = new RequestLog()
  readonly #line: Line
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(line: Line) {
    this.#line = line
  }

  /** Null when there was no answer. */
  async checkIn(channel: string, message: CheckIn): Promise<Answer | null> {
    const endpoint =
      message.MessageType === 'DeclarativeManagement' ? formatEndpoint(message.Endpoint) : message.MessageType
    const { transport } = this.#line
    const body = encodeCheckIn(message)
    return this.#say(channel, endpoint, () => transport.checkIn(body, this.seal(body, 'checkInUrl')))
  }

  async connect(channel: string, body: Uint8Array, label: string): Promise<Answer | null> {
    const { transport } = this.#line
    return this.#say(channel, label, () => transport.connect(body, this.seal(body, 'serverUrl')))
  }

  fetch(channel: string, url: string, range?: OctetRange): Promise<Answer | null> {
    return this.#send(channel, `GET ${url}`, () => this.#line.transport.fetch(url, undefined, undefined, range))
  }

  /** What a declaration refers to, as a managed device gets it: with its identity, and a signature over nothing. */
  download(channel: string, url: string, range?: OctetRange): Promise<Answer | null> {
    const { transport, profile, clock } = this.#line
    const installed = profile()
    if (installed === null) return this.fetch(channel, url, range)
    const signature = installed.sign(new Uint8Array(), clock.now())
    return this.#send(channel, `GET ${url}`, () => transport.fetch(url, installed.tls, signature, range))
  }

  /** How an enrollment profile is asked for. */
  enrollment(channel: string): EnrollmentLine {
    const { transport } = this.#line
    return {
      get: (label, url) => this.#send(channel, `GET ${label}`, () => transport.fetch(url)),
      post: (label, post, tls) => this.#send(channel, `POST ${label}`, () => transport.post(post, tls)),
    }
  }

  /** How SCEP speaks for this device, trusting what the profile says. */
  scep(channel: string, tls: TlsTerms): ScepLine {
    const { transport, clock } = this.#line
    const type = 'application/x-pki-message'
    return {
      clock,
      get: (operation, url) => this.#send(channel, `SCEP ${operation}`, () => transport.fetch(url, tls)),
      post: (operation, url, body) =>
        this.#send(channel, `SCEP ${operation}`, () => transport.post({ url, type, body }, tls)),
    }
  }

  /** Work that is not finished before the device has come to rest. */
  track<T>(work: Promise<T>): Promise<T> {
    const done = work.finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
    return done
  }

  async rest(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay])
  }

  /** A message to the management server. For an account, a 401 asks to sign in: then the message is sent once more. */
  async #say(channel: string, endpoint: string, go: () => Promise<Answer>): Promise<Answer | null> {
    const account = this.#line.account()
    const sent = account?.authorization
    const answer = await this.#send(channel, endpoint, go)
    if (account !== null && sent !== undefined && answer?.status === 401) {
      return (await account.renew(answer, sent)) ? this.#send(channel, endpoint, go) : answer
    }
    if (answer !== null && disowns(answer)) this.#line.disowned()
    return answer
  }

  /** How a message to one of the two URLs travels; undefined without an enrollment profile. */
  seal(body: Uint8Array, to: 'checkInUrl' | 'serverUrl'): Sealed | undefined {
    const { profile, account, clock } = this.#line
    const sealed = profile()?.seal(body, to, clock.now())
    const authorization = account()?.authorization
    return sealed === undefined || authorization === undefined ? sealed : { ...sealed, authorization }
  }

  async #send(channel: string, endpoint: string, go: () => Promise<Answer>): Promise<Answer | null> {
    if (!this.#line.isOnline()) return null
    const at = this.#line.clock.now()
    try {
      const answer = await go()
      this.log.add({ at, channel, endpoint, status: answer.status })
      return answer
    } catch {
      this.log.add({ at, channel, endpoint, status: 0 })
      return null
    }
  }
}

/** @see apple:mdm/errors/unrecognized.device.yaml */
function disowns({ status, body }: Answer): boolean {
  return status === 401 || (status === 403 && new TextDecoder().decode(body).includes('com.apple.unrecognized.device'))
}
