import { enrollmentIdentity, type IdentityKeys, type PlistDict, ProtocolError } from '@edict/protocol'
import { lintMessage } from '../../wire/lint-message.ts'
import type { Beside } from '../history.ts'
import type { TraceEntry } from '../trace-entry.ts'
import type { Captured } from './captured.ts'
import { dictionaryIn } from './dictionary-in.ts'
import { Reader } from './reader.ts'

/** What one channel and its server said, taken from a record. */
export interface Conversation {
  /** Enrollment id; null where the record does not have who speaks. */
  readonly channel: string | null
  readonly said: readonly TraceEntry[]
  /** What is known beside it, where the record says that. */
  readonly beside?: Beside
}

interface Exchange {
  readonly request: Captured | null
  response: Captured | null
}

/** Puts recorded messages together: requests with their responses, and each channel's by themselves, in order. */
export function conversations(messages: readonly Captured[]): readonly Conversation[] {
  const exchanges = paired(messages)
  const listener = new Listener()
  const only = new Set(exchanges.map(({ request }) => channelIn(dictionaryOf(request))).filter((id) => id !== null))
  const [sole] = only.size === 1 ? only : [null]
  for (const { request, response } of exchanges) listener.hear(request, response, sole ?? null)
  return listener.conversations
}

/** Hears one exchange after the other, and keeps what each channel and its server said. */
export class Listener {
  readonly #channels = new Map<string | null, Reader>()

  get conversations(): readonly Conversation[] {
    return [...this.#channels].map(([channel, { said }]) => ({ channel, said }))
  }

  /**
   * @param otherwise whose exchange it is when it does not say
   * @returns what was said in it
   */
  hear(request: Captured | null, response: Captured | null, otherwise: string | null = null): Conversation {
    const plist = dictionaryOf(request)
    const channel = channelIn(plist) ?? otherwise ?? this.#sole()
    const reader = this.#channels.get(channel) ?? new Reader()
    this.#channels.set(channel, reader)
    const before = reader.said.length
    reader.take(request, plist, response)
    return { channel, said: reader.said.slice(before) }
  }

  /** The only channel that has said who it is: what is fetched with GET does not say it. */
  #sole(): string | null {
    const [first, second] = [...this.#channels.keys()].filter((channel) => channel !== null)
    return second === undefined ? (first ?? null) : null
  }
}

/** A response belongs to the exchange that it names, or to the oldest request of its endpoint that waits. */
function paired(messages: readonly Captured[]): readonly Exchange[] {
  const exchanges: Exchange[] = []
  const waiting: Exchange[] = []
  for (const message of messages) {
    if (message.direction === 'request') {
      const exchange = { request: message, response: null }
      exchanges.push(exchange)
      waiting.push(exchange)
      continue
    }
    const at = waiting.findIndex(
      ({ request }) => request?.endpoint === message.endpoint && request.exchange === message.exchange,
    )
    const [found] = at < 0 ? [] : waiting.splice(at, 1)
    if (found === undefined) exchanges.push({ request: null, response: message })
    else found.response = message
  }
  return exchanges
}

function dictionaryOf(request: Captured | null): PlistDict | undefined {
  return request?.body == null ? undefined : dictionaryIn(lintMessage(request.body))
}

function channelIn(keys: IdentityKeys | undefined): string | null {
  if (keys === undefined) return null
  try {
    return enrollmentIdentity(keys).id
  } catch (error) {
    if (error instanceof ProtocolError) return keys.UDID ?? keys.EnrollmentID ?? null
    throw error
  }
}
