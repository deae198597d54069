import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { endpointOf, Listener, type TraceEntry } from '@edict/core'
import { decodePlist, isPlistDict, type PlistDict, type PlistValue, ProtocolError } from '@edict/protocol'

/** An answer on its way to the device. */
export interface Answer {
  readonly status: number
  readonly body: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** What a device said, as far as a fault has to know it. */
export interface Asked {
  /**
   * `tokens`, `declaration-items`, `declaration/…`, `status`, or the MessageType; of a connection its Status; `GET` of an asset;
   * `unreadable` for what is no message.
   */
  readonly what: string
  readonly plist: PlistDict
  /** Content-Type. */
  readonly type: string
  /** As it came. */
  readonly body: Uint8Array
}

/** A mistake that a server may make: what becomes of an answer of the real one. */
export type Fault = (asked: Asked, answer: Answer) => Answer

/** The real server, with a mistake. */
export interface FaultyServer extends AsyncDisposable {
  readonly url: string
  /** What a channel and this server said to each other, as the device saw it. */
  said(channel: string): readonly TraceEntry[]
}

/** Stands in front of the real server, passes everything on, and makes one mistake with its answers. */
export async function faultyServer(upstream: string, fault: Fault): Promise<FaultyServer> {
  const listener = new Listener()
  let entry = 0
  const server = createServer(async (request, response) => {
    // Null of a device that was stopped before it had said all.
    const body = await buffer(request).catch(() => null)
    if (body === null) return
    const method = request.method ?? ''
    const at = Date.now()
    entry += 2
    const number = entry - 1
    const real = method === 'GET' ? { status: 404, body: Buffer.from('') } : await forwarded(upstream, request, body)
    const {
      status,
      body: sent,
      headers = {},
    } = fault({ ...askedIn(method, body), type: String(request.headers['content-type'] ?? ''), body }, real)
    response.writeHead(status, { ...headers, 'content-length': sent.length })
    response.end(sent)
    const plain = { 'content-type': String(request.headers['content-type'] ?? '') }
    const common = {
      endpoint: endpointOf({ method, headers: plain, body }),
      exchange: String(number),
      url: request.url ?? '',
    }
    listener.hear(
      { ...common, entry: number, at, direction: 'request', status: null, headers: plain, body },
      { ...common, entry: number + 1, at: Date.now(), direction: 'response', status, headers: {}, body: sent },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    said: (channel) => listener.conversations.find((one) => one.channel === channel)?.said ?? [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function forwarded(
  upstream: string,
  request: {
    readonly url?: string | undefined
    readonly method?: string | undefined
    readonly headers: IncomingHttpHeaders
  },
  body: Buffer,
): Promise<Answer> {
  const answer = await fetch(`${upstream}${request.url}`, {
    method: request.method ?? 'PUT',
    headers: { 'content-type': String(request.headers['content-type'] ?? '') },
    body: new Uint8Array(body),
  })
  const type = answer.headers.get('content-type')
  const headers = type === null ? {} : { 'content-type': type }
  return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) }
}

function askedIn(method: string, body: Buffer): Pick<Asked, 'what' | 'plist'> {
  if (method === 'GET') return { what: 'GET', plist: {} }
  const plist = plistIn(body)
  if (!isPlistDict(plist)) return { what: 'unreadable', plist: {} }
  const { MessageType, Endpoint, Status } = plist
  const what = MessageType === 'DeclarativeManagement' ? Endpoint : (MessageType ?? Status)
  return { what: String(what), plist }
}

function plistIn(body: Buffer): PlistValue | undefined {
  try {
    return decodePlist(body)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

/** A fault that changes the JSON that a request for `what` is answered with. */
export function alter(what: string | RegExp, change: (json: Record<string, unknown>) => unknown): Fault {
  return ({ what: asked }, answer) => {
    if (answer.status !== 200 || !matches(what, asked)) return answer
    const json = JSON.parse(answer.body.toString()) as Record<string, unknown>
    return { ...answer, body: Buffer.from(JSON.stringify(change(json) ?? json)) }
  }
}

/** A fault that answers with a status, and nothing. */
export function answerWith(what: string | RegExp, status: number): Fault {
  return ({ what: asked }, answer) => (matches(what, asked) ? { status, body: Buffer.from('') } : answer)
}

/** A fault that keeps a command from the device. */
export function withhold(requestType: string): Fault {
  return (_, answer) =>
    answer.body.includes(`<string>${requestType}</string>`) ? { status: 200, body: Buffer.from('') } : answer
}

function matches(what: string | RegExp, asked: string): boolean {
  return typeof what === 'string' ? what === asked : what.test(asked)
}
