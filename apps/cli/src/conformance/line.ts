import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { getCACertificates } from 'node:tls'
import type { TlsTerms } from '@edict/device'
import type { Came } from './exchange.ts'

/** One request, as it goes out. */
export interface Outgoing {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Pieces, for a body that is too large to hold; `length` is that of all. */
  readonly body: Uint8Array | { readonly pieces: () => Iterable<Uint8Array>; readonly length: number }
  readonly tls?: TlsTerms
}

/** The way to the server. Rejects when no whole answer comes. */
export interface Line {
  put(outgoing: Outgoing): Promise<Came>
  close(): void
}

const MOST_HOPS = 5
const LARGEST_ANSWER = 32 * 1024 * 1024

/** @param patience milliseconds that an answer may take */
export function openLine(patience: number): Line {
  const agents = new Map<TlsTerms | string, Agent>()
  const agentFor = (url: URL, tls: TlsTerms | undefined): Agent => {
    const key = tls ?? url.protocol
    const known = agents.get(key)
    if (known !== undefined) return known
    const agent =
      url.protocol === 'https:'
        ? new https.Agent({ keepAlive: true, ...tlsOptions(tls) })
        : new http.Agent({ keepAlive: true })
    agents.set(key, agent)
    return agent
  }
  return {
    put: async (outgoing) => {
      let one = outgoing
      for (let hops = 0; ; hops += 1) {
        const came = await sent(one, agentFor(new URL(one.url), one.tls), patience)
        const next = redirected(one, came)
        if (next === undefined || hops === MOST_HOPS) return came
        one = next
      }
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

class StaleConnection extends Error {}

async function sent(outgoing: Outgoing, agent: Agent, patience: number): Promise<Came> {
  try {
    return await once(outgoing, agent, patience)
  } catch (error) {
    // A connection that was kept may have ended meanwhile: that is nobody's mistake.
    if (!(error instanceof StaleConnection)) throw error
    return once(outgoing, agent, patience)
  }
}

/** The same to where an answer points, as devices do; undefined where it points nowhere. What was signed in for is not told to others. */
function redirected(outgoing: Outgoing, { status, headers }: Came): Outgoing | undefined {
  const { location } = headers
  const url = location === undefined ? null : URL.parse(location, outgoing.url)
  if (![301, 302, 307, 308].includes(status) || url === null || !/^https?:$/.test(url.protocol)) return undefined
  const { authorization, ...others } = outgoing.headers
  const isSame = url.origin === new URL(outgoing.url).origin
  const kept = isSame && authorization !== undefined ? { authorization } : {}
  return { ...outgoing, url: url.href, headers: { ...others, ...kept } }
}

function tlsOptions(tls: TlsTerms | undefined): https.AgentOptions {
  if (tls === undefined) return {}
  const { authorities, pinned = false, identity } = tls
  return {
    ...(authorities.length === 0 ? {} : { ca: [...(pinned ? [] : getCACertificates('default')), ...authorities] }),
    ...(identity === undefined ? {} : { cert: identity.certificate, key: identity.key }),
  }
}

function once({ url, headers, body }: Outgoing, agent: Agent, patience: number): Promise<Came> {
  const { promise, resolve, reject } = Promise.withResolvers<Came>()
  const module = url.startsWith('https:') ? https : http
  const length = { 'content-length': body.length }
  const request = module.request(url, { method: 'PUT', headers: { ...headers, ...length }, agent })
  const timer = setTimeout(() => request.destroy(new Error(`none within ${patience / 1000} s`)), patience)
  let isAnswered = false
  request.on('response', (response) => {
    isAnswered = true
    read(response, request).then(resolve, reject)
  })
  request.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever sends too much may be hung up on just after the answer.
    if (isAnswered) return
    const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
    setImmediate(reject, isStale ? new StaleConnection(error.message) : error)
  })
  if (body instanceof Uint8Array) request.end(body)
  else void pour(body.pieces(), request, () => isAnswered)
  return promise.finally(() => {
    clearTimeout(timer)
    // What was answered before it was sent whole cannot be gone on with.
    if (!request.writableEnded) request.destroy()
  })
}

async function read(response: IncomingMessage, request: ClientRequest): Promise<Came> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_ANSWER) throw new Error(`it is over ${LARGEST_ANSWER} octets`)
    chunks.push(chunk)
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks), reused: request.reusedSocket }
}

/** Piece by piece, as fast as they are taken, and no further once there is an answer. */
async function pour(pieces: Iterable<Uint8Array>, request: ClientRequest, isOver: () => boolean): Promise<void> {
  let goOn = () => {}
  for (const event of ['drain', 'close', 'response'] as const) request.on(event, () => goOn())
  for (const piece of pieces) {
    if (isOver() || request.destroyed) return
    if (request.write(piece)) continue
    await new Promise<void>((resolve) => {
      goOn = resolve
    })
  }
  request.end()
}
