import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import { listenAddress, listenOn } from '../listen-address.ts'
import type { Fault } from './fault.ts'
import type { Push, PushRefusal } from './push.ts'
import { openPushLog } from './push-log.ts'
import { readPush } from './read-push.ts'

export interface ApnsDoubleOptions {
  /** HOST:PORT; port 0 takes a free one. */
  readonly listen: string
  /** A file for one JSON line for each push: at, token, topic, status. */
  readonly log?: string
  /** Called for each push that was accepted, after its answer; what it throws or rejects with is dropped. */
  readonly onPush?: (token: string, push: Push) => unknown
  /** Whether a token is somebody's. When given, a push to any other is answered 400 BadDeviceToken. */
  readonly knows?: (token: string) => boolean
  readonly fault?: Fault
  /** Milliseconds since 1970, for the log. */
  readonly now?: () => number
}

/** A stand-in for Apple Push Notification service: HTTP/2 in clear text, with prior knowledge. */
export interface ApnsDouble {
  readonly url: string
  /** How many pushes came, whatever was answered. */
  readonly pushes: number
  /** From now on refuses what this says; null: nothing. */
  fail(fault: Fault | null): void
  /** Tells every client that its connection ends; streams that are open are answered. */
  goAway(): void
  close(): Promise<void>
}

// The most Apple takes.
const mostBytes = 4096

/** @throws ListenError, or OptionError for the address or the log */
export async function startApnsDouble(options: ApnsDoubleOptions): Promise<ApnsDouble> {
  const { knows, onPush, now = Date.now } = options
  const address = listenAddress(options.listen)
  const log = options.log === undefined ? null : openPushLog(options.log)
  const sessions = new Set<ServerHttp2Session>()
  let fault = options.fault ?? null
  let pushes = 0

  const judge = (push: Push): PushRefusal | null => {
    if (knows?.(push.token) === false) return { status: 400, reason: 'BadDeviceToken' }
    return fault?.(push) ?? null
  }
  const answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, body: Uint8Array | null): void => {
    pushes += 1
    const at = now()
    const read = body === null ? { status: 413, reason: 'PayloadTooLarge' } : readPush(headers, body)
    const refusal = 'reason' in read ? read : judge(read)
    log?.write({ at, ...addressed(headers), status: refusal?.status ?? 200 })
    respond(stream, refusal, at)
    if (refusal === null && 'token' in read) void deliver(onPush, read)
  }

  const server = createServer({ settings: { maxConcurrentStreams: 1000 } })
  server.on('session', (session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session)).on('error', () => undefined)
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined)
    collect(stream).then(
      (body) => answer(stream, headers, body),
      () => undefined,
    )
  })
  try {
    const url = await listenOn(server, address)
    return {
      url,
      get pushes() {
        return pushes
      },
      fail(next) {
        fault = next
      },
      goAway() {
        for (const session of sessions) session.close()
      },
      async close() {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()))
        for (const session of sessions) session.destroy()
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
  stream.respond({ ':status': refusal?.status ?? 200, 'apns-id': randomUUID().toUpperCase() })
  if (refusal === null) return void stream.end()
  // Only with 410: since when the token is of no use.
  const since = refusal.status === 410 ? { timestamp: at } : {}
  stream.end(JSON.stringify({ reason: refusal.reason, ...since }))
}

async function deliver(onPush: ApnsDoubleOptions['onPush'], push: Push): Promise<void> {
  try {
    await onPush?.(push.token, push)
  } catch {
    // Apple too would not know what became of it.
  }
}
