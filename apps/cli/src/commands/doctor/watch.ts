import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { request as sendSecurely } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Captured, endpointOf, LARGEST } from '@edict/core'
import { UsageError } from '../../failure.ts'

export interface Watching {
  readonly host: string
  readonly port: number
  readonly upstream: URL
  readonly signal: AbortSignal
  readonly heard: (request: Captured, response: Captured) => void
}

/** Meant for one connection, and not for what is behind it. @see RFC 9110 section 7.6.1 */
const HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'te', 'trailer'])

/**
 * Stands between devices and another server: passes on every request and every answer as it is, and hears what is said. Ends when
 * the signal is aborted.
 *
 * @param listening told the address once it listens
 * @throws UsageError when the address cannot be had
 */
export async function watch(
  { host, port, upstream, signal, heard }: Watching,
  listening: (url: string) => void,
): Promise<void> {
  let entry = 0
  const server = createServer(async (request, response) => {
    entry += 2
    try {
      await passOn(request, response, entry - 1)
    } catch (error) {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' })
      response.end(`Cannot reach ${upstream.origin}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  })

  const passOn = async (request: IncomingMessage, response: ServerResponse, number: number): Promise<void> => {
    const begun = Date.now()
    const body = await bounded(request)
    const answer = await forwarded(request, body, upstream)
    const answerBody = await bounded(answer)
    const headers = passing(answer.rawHeaders)
    response.writeHead(answer.statusCode ?? 502, headers)
    response.end(answerBody)
    const common = {
      endpoint: endpointOf({ method: request.method ?? '', headers: plain(request), body }),
      exchange: String(number),
      url: request.url ?? '',
    }
    heard(
      { ...common, entry: number, at: begun, direction: 'request', status: null, headers: plain(request), body },
      {
        ...common,
        entry: number + 1,
        at: Date.now(),
        direction: 'response',
        status: answer.statusCode ?? null,
        headers: plain(answer),
        body: answerBody,
      },
    )
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`Cannot listen on ${host}:${port}: ${error.code ?? error.message}`)),
    )
    server.listen(port, host, resolve)
  })
  const { address, port: bound, family } = server.address() as AddressInfo
  listening(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`)
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

function forwarded(request: IncomingMessage, body: Buffer, upstream: URL): Promise<IncomingMessage> {
  const by = upstream.protocol === 'https:' ? sendSecurely : send
  return new Promise((resolve, reject) => {
    const path = `${upstream.pathname.replace(/\/$/, '')}${request.url ?? ''}`
    const out = by(
      {
        hostname: upstream.hostname.replace(/^\[|\]$/g, ''),
        port: upstream.port === '' ? undefined : upstream.port,
        method: request.method,
        path,
        headers: passing(request.rawHeaders),
        timeout: 60_000,
      },
      resolve,
    )
    out.on('timeout', () => out.destroy(new Error('no answer within a minute')))
    out.on('error', reject)
    out.end(body)
  })
}

/** Names and values in turn, as they came, without those that are for this connection only. */
function passing(raw: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < raw.length; index += 2) {
    const [name = '', value = ''] = [raw[index], raw[index + 1]]
    if (!HOP.has(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}

function plain({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

/** What is larger than any message is not kept, and not passed on. */
async function bounded(stream: IncomingMessage): Promise<Buffer> {
  if (Number(stream.headers['content-length'] ?? 0) > LARGEST) throw new Error('the message is too large')
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > LARGEST) stream.destroy(new Error('the message is too large'))
  })
  return buffer(stream)
}
