import { randomUUID } from 'node:crypto'
import {
  constants,
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { listenAddress, listenOn } from '../listen-address.ts'
import { clientTopic, type DoubleTls } from './client-topic.ts'
import type { Fault } from './fault.ts'
import { keptPushes } from './kept-pushes.ts'
import type { Push, PushRefusal } from './push.ts'
import { openPushLog } from './push-log.ts'
import { readPush } from './read-push.ts'

export interface ApnsDoubleOptions {
  /** HOST:PORT; port 0 takes a free one. */
  readonly listen: string
  /** Absent: clear text with prior knowledge, and every topic. */
  readonly tls?: DoubleTls
  /** A file for one JSON line for each push: at, token, topic, status. */
  readonly log?: string
  /** Called for each push that reaches its device, after its answer; what it throws or rejects with is dropped. */
  readonly onPush?: (token: string, push: Push) => unknown
  /** Whether a token is somebody's. When given, a push to any other is answered 400 BadDeviceToken. */
  readonly knows?: (token: string) => boolean
  /** Whether a device can be reached now; what is for another is kept for it. All can when absent. */
  readonly reaches?: (token: string) => boolean
  readonly fault?: Fault
  /** Streams that a client may have open at once; 1000 when absent. */
  readonly mostStreams?: number
  /** Says goodbye to all clients after every so many pushes. */
  readonly goAwayAfter?: number
  /** Milliseconds since 1970, for the log. */
  readonly now?: () => number
}

/** How a client is told that its connection ends. */
export interface Goodbye {
  /** Said in the debug data, as Apple does: `Shutdown`, `BadCertificate` … */
  readonly reason?: string
  /** Error code of HTTP/2; 0 when absent. */
  readonly code?: number
}

/** A stand-in for Apple Push Notification service: HTTP/2 over TLS with client certificates, or in clear text with prior knowledge. */
export interface ApnsDouble {
  readonly url: string
  /** How many pushes came, whatever was answered. */
  readonly pushes: number
  /** How many devices have a push that waits for them. */
  readonly kept: number
  /** How many connections there have been. */
  readonly connections: number
  /** The most streams that were open on one connection at a time. */
  readonly mostOpen: number
  /** From now on refuses what this says; null: nothing. */
  fail(fault: Fault | null): void
  /** How many streams clients may have open from now on. */
  limitStreams(most: number): void
  /** Tells every client that its connection ends: streams up to the last that was read are answered, later ones never are. */
  goAway(goodbye?: Goodbye): void
  /** A device can be reached now: what waits for it is brought. */
  reach(token: string): void
  close(): Promise<void>
}

// The most Apple takes.
const mostBytes = 4096
/** How long a goodbye has to arrive before the connection is cut, in milliseconds. */
const grace = 50

/** A connection of one client. */
interface Client {
  readonly session: ServerHttp2Session
  open: number
  /** The last stream whose push was read. */
  last: number
  leaving: boolean
}

/** @throws ListenError, or OptionError for the address or the log */
export async function startApnsDouble(options: ApnsDoubleOptions): Promise<ApnsDouble> {
  const { knows, onPush, reaches, goAwayAfter, tls, now = Date.now } = options
  const address = listenAddress(options.listen)
  const log = options.log === undefined ? null : openPushLog(options.log)
  const clients = new Map<ServerHttp2Session, Client>()
  const kept = keptPushes(now)
  let fault = options.fault ?? null
  let mostStreams = options.mostStreams ?? 1000
  let pushes = 0
  let connections = 0
  let mostOpen = 0

  const judge = (push: Push, session: ServerHttp2Session): PushRefusal | null => {
    const topic = tls === undefined ? push.topic : clientTopic(session)
    if (typeof topic !== 'string') return topic
    if (topic !== push.topic) return { status: 400, reason: 'TopicDisallowed' }
    if (knows?.(push.token) === false) return { status: 400, reason: 'BadDeviceToken' }
    return fault?.(push) ?? null
  }
  const answer = (client: Client, stream: ServerHttp2Stream, headers: IncomingHttpHeaders, body: Uint8Array | null) => {
    // As with Apple, what comes after the goodbye was made is not looked at.
    if (client.leaving) return
    client.last = Math.max(client.last, stream.id ?? 0)
    pushes += 1
    const at = now()
    const read = body === null ? { status: 413, reason: 'PayloadTooLarge' } : readPush(headers, body)
    const refusal = 'reason' in read ? read : judge(read, client.session)
    log?.write({ at, ...addressed(headers), status: refusal?.status ?? 200 })
    respond(stream, refusal, at)
    if (refusal === null && 'token' in read) bring(read)
    if (goAwayAfter !== undefined && pushes % goAwayAfter === 0) goAway({ reason: 'Shutdown' })
  }
  const bring = (push: Push): void => {
    if (reaches?.(push.token) === false) kept.keep(push)
    else void deliver(onPush, push)
  }
  const goAway = ({ reason, code = constants.NGHTTP2_NO_ERROR }: Goodbye = {}): void => {
    const said = reason === undefined ? undefined : Buffer.from(JSON.stringify({ reason }))
    for (const client of clients.values()) {
      client.leaving = true
      client.session.goaway(code, client.last, said)
      setTimeout(() => client.session.destroy(), grace).unref()
    }
  }

  const settings = { maxConcurrentStreams: mostStreams }
  const server =
    tls === undefined
      ? createServer({ settings })
      : createSecureServer({
          settings,
          cert: tls.cert,
          key: tls.key,
          ca: tls.clientCa,
          requestCert: true,
          rejectUnauthorized: tls.refuse === 'handshake',
          minVersion: 'TLSv1.2',
        })
  server.on('tlsClientError', () => undefined)
  server.on('session', (session) => {
    const client: Client = { session, open: 0, last: 0, leaving: false }
    connections += 1
    clients.set(session, client)
    if (mostStreams !== settings.maxConcurrentStreams) session.settings({ maxConcurrentStreams: mostStreams })
    session.on('close', () => clients.delete(session)).on('error', () => undefined)
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined)
    const client = clients.get(stream.session as ServerHttp2Session)
    if (client === undefined) return
    client.open += 1
    mostOpen = Math.max(mostOpen, client.open)
    stream.on('close', () => {
      client.open -= 1
    })
    collect(stream).then(
      (body) => answer(client, stream, headers, body),
      () => undefined,
    )
  })
  try {
    const url = await listenOn(server, address)
    return {
      url: tls === undefined ? url : url.replace(/^http:/, 'https:'),
      get pushes() {
        return pushes
      },
      get kept() {
        return kept.size
      },
      get connections() {
        return connections
      },
      get mostOpen() {
        return mostOpen
      },
      fail(next) {
        fault = next
      },
      limitStreams(most) {
        mostStreams = most
        for (const { session } of clients.values()) session.settings({ maxConcurrentStreams: most })
      },
      goAway,
      reach(token) {
        const push = kept.take(token)
        if (push !== undefined) void deliver(onPush, push)
      },
      async close() {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()))
        for (const session of clients.keys()) session.destroy()
        await closed
        log?.close()
      },
    }
  } catch (error) {
    log?.close()
    throw error
  }
}

/** What the log keeps of a push, also of one that could not be read. */
function addressed(headers: IncomingHttpHeaders): { readonly token: string; readonly topic: string } {
  const { ':path': path = '', 'apns-topic': topic } = headers
  return { token: path.replace(/^\/3\/device\//, '').slice(0, 512), topic: typeof topic === 'string' ? topic : '' }
}

/** Null when it is longer than Apple takes. */
async function collect(stream: ServerHttp2Stream): Promise<Uint8Array | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= mostBytes) chunks.push(chunk)
  }
  return length > mostBytes ? null : Buffer.concat(chunks)
}

function respond(stream: ServerHttp2Stream, refusal: PushRefusal | null, at: number): void {
  if (stream.destroyed) return
  stream.respond({
    ':status': refusal?.status ?? 200,
    'apns-id': randomUUID().toUpperCase(),
    ...(refusal?.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) }),
  })
  if (refusal === null) return void stream.end()
  // Only with 410: since when the token is of no use.
  const since = refusal.status === 410 ? { timestamp: refusal.since ?? at } : {}
  stream.end(JSON.stringify({ reason: refusal.reason, ...since }))
}

async function deliver(onPush: ApnsDoubleOptions['onPush'], push: Push): Promise<void> {
  try {
    await onPush?.(push.token, push)
  } catch {
    // Apple too would not know what became of it.
  }
}
