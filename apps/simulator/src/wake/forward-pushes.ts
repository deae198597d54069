import type { Clock } from '@edict/device'
import { decodeJson, isJsonObject, type Json } from '@edict/protocol'
import type { Push } from '../apns/push.ts'
import { exchange } from '../transport/exchange.ts'

export interface ForwardOptions {
  /** Where fleets can be woken now: the URLs of their control doors. */
  readonly doors: () => Promise<readonly string[]>
  readonly clock: Clock
  /** A door did not take pushes; what was for it is kept. */
  readonly onProblem: (door: string, error: Error) => void
}

/** Brings pushes to the fleets whose devices they are for. */
export interface Forwarding {
  push(push: Push): void
  /** Pushes that nobody has taken yet. */
  readonly kept: number
  /** Everything that came was brought, or is kept. */
  idle(): Promise<void>
  close(): void
}

const batch = 500
const again = 1_000
const mostKept = 200_000
const timeout = 10_000

/**
 * Brings pushes to doors, many in one request when many wait. As Apple's service does, it keeps the last push for a device
 * that cannot be reached, until it expires.
 */
export function forwardPushes({ doors, clock, onProblem }: ForwardOptions): Forwarding {
  const waiting = new Map<string, Push>()
  const kept = new Map<string, Push>()
  let working: Promise<void> | null = null
  let cancel: (() => void) | null = null
  let closed = false

  const work = async (): Promise<void> => {
    // Pushes that come in one turn go in one request.
    await Promise.resolve()
    while (waiting.size > 0 && !closed) {
      const open = await doors().catch(() => [])
      const taken = [...waiting.values()].slice(0, batch)
      for (const { token } of taken) waiting.delete(token)
      for (const push of await bring(taken, open)) keep(push)
    }
    working = null
    if (kept.size > 0 && !closed) cancel ??= clock.schedule(clock.now() + again, retry)
  }
  const start = (): void => {
    if (!closed) working ??= work()
  }
  const keep = (push: Push): void => {
    if (push.expires > clock.now() && kept.size < mostKept && !waiting.has(push.token)) kept.set(push.token, push)
  }
  const retry = (): void => {
    cancel = null
    for (const [token, push] of kept) if (push.expires > clock.now()) waiting.set(token, push)
    kept.clear()
    start()
  }
  const bring = async (pushes: readonly Push[], open: readonly string[]): Promise<readonly Push[]> => {
    let left = pushes
    for (const door of open) {
      if (left.length === 0) break
      try {
        const unknown = await knock(door, left)
        left = left.filter(({ token }) => unknown.has(token))
      } catch (error) {
        onProblem(door, error as Error)
      }
    }
    return left
  }

  return {
    push(push) {
      kept.delete(push.token)
      waiting.set(push.token, push)
      start()
    },
    get kept() {
      return kept.size
    },
    idle: async () => {
      while (working !== null) await working
    },
    close() {
      closed = true
      cancel?.()
    },
  }
}

/** Gives pushes to a door; the answer is the tokens that are nobody's there. */
async function knock(door: string, pushes: readonly Push[]): Promise<ReadonlySet<string>> {
  const url = new URL(door)
  if (!url.pathname.endsWith('/push')) url.pathname = `${url.pathname.replace(/\/$/, '')}/push`
  const [first, ...more] = pushes.map(({ token, magic }) => ({ token, magic }))
  const body = new TextEncoder().encode(JSON.stringify(more.length === 0 ? first : { pushes: [first, ...more] }))
  const headers = { 'content-type': 'application/json' }
  const { status, body: answer } = await exchange({ method: 'POST', url, headers, body }, { timeout })
  if (status < 200 || status > 299) throw new Error(`Cannot wake through ${url.href}: answered ${status}`)
  return unknownIn(answer)
}

/** A door that says nothing about it took them all. */
function unknownIn(answer: Uint8Array): ReadonlySet<string> {
  const value = answer.byteLength === 0 ? null : tolerant(answer)
  const unknown = isJsonObject(value) && Array.isArray(value.unknown) ? value.unknown : []
  return new Set(unknown.filter((token) => typeof token === 'string'))
}

function tolerant(answer: Uint8Array): Json {
  try {
    return decodeJson(answer)
  } catch {
    return null
  }
}
