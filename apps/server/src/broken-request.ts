import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Metrics } from './metrics.ts'

/** What Node hangs up for by another status than 400. */
const statuses: Readonly<Record<string, 431>> = { HPE_HEADER_OVERFLOW: 431 }

const details: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'Cannot read the request: its headers are over 16 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-too-slow', 'Cannot wait for the request: it took longer than it may'],
}

type Broken = Error & { readonly code?: string }

/** Connections on which a request takes as long as it moves. */
const unhurried = new WeakSet<Socket>()

/**
 * Lets the request that comes in on a connection take as long as it likes, while something comes: what is large takes its time.
 *
 * @param patience milliseconds for which nothing may come
 * @returns what ends it, when the request is in
 */
export function unhurriedly(socket: Socket, patience: number): () => void {
  unhurried.add(socket)
  socket.setTimeout(patience)
  return () => {
    unhurried.delete(socket)
    socket.setTimeout(0)
  }
}

/**
 * Answers what is no HTTP that can be read, before any route: two lengths, headers without an end, a body that never comes. The
 * status is never 401, and the connection ends, for nobody knows where the next request would begin.
 */
export function refuseBroken(metrics: Pick<Metrics, 'brokenRequests'>): (error: Broken, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    // Node says this once for a request, and leaves it to us.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && unhurried.has(socket)) return
    const status = statuses[error.code ?? ''] ?? 400
    const [code, detail] = details[error.code ?? ''] ?? ['request-broken', 'Cannot read the request: it is no HTTP']
    metrics.brokenRequests.inc({ code })
    const body = JSON.stringify({ code, detail })
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      'connection: close',
    ]
    if (socket.writable && !isAnswering(socket)) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
    socket.destroySoon()
  }
}

/** Whether another answer has begun on this connection: a second one in it would be taken for its body. */
function isAnswering(socket: Socket & { readonly _httpMessage?: { readonly headersSent?: boolean } }): boolean {
  return socket._httpMessage?.headersSent ?? false
}
