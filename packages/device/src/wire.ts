import { type CheckIn, encodeCheckIn, formatEndpoint } from '@edict/protocol'
import type { Clock } from './clock.ts'
import type { ManagementProfile } from './enroll/management-profile.ts'
import type { ScepLine } from './enroll/obtain-identity.ts'
import { RequestLog } from './request-log.ts'
import type { Answer, TlsTerms, Transport } from './transport.ts'

interface Line {
  readonly transport: Transport
  readonly clock: Clock
  isOnline(): boolean
  /** The enrollment profile, whose identity proves who speaks; null without one. */
  profile(): ManagementProfile | null
  /** The server says that it does not know this device: 401, or 403 with the code for it. */
  disowned(): void
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
    const { transport, clock, profile } = this.#line
    const answer = await this.#send(channel, endpoint, () => {
      const body = encodeCheckIn(message)
      return transport.checkIn(body, profile()?.seal(body, 'checkInUrl', clock.now()))
    })
    if (answer !== null && disowns(answer)) this.#line.disowned()
    return answer
  }

  async connect(channel: string, body: Uint8Array, label: string): Promise<Answer | null> {
    const { transport, clock, profile } = this.#line
    const answer = await this.#send(channel, label, () =>
      transport.connect(body, profile()?.seal(body, 'serverUrl', clock.now())),
    )
    if (answer !== null && disowns(answer)) this.#line.disowned()
    return answer
  }

  fetch(channel: string, url: string): Promise<Answer | null> {
    return this.#send(channel, `GET ${url}`, () => this.#line.transport.fetch(url))
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
