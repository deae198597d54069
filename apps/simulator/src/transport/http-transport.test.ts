import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text as bodyText } from 'node:stream/consumers'
import { decodePlist } from '@edict/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { httpTransport } from './http-transport.ts'

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly type: string | undefined
  readonly body: string
}

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function peer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    // Null of one that gave up before it had said all.
    const body = await bodyText(request).catch(() => null)
    if (body === null) return
    seen.push({ method: request.method, url: request.url, type: request.headers['content-type'], body })
    answer(request, response)
  })
  server.on('connection', (socket) => sockets.add(socket))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, sockets }
}

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (body: Uint8Array) => new TextDecoder().decode(body)

describe('messages to the server', () => {
  it('are PUT under its URL with the content types of their protocols', async () => {
    const { url, seen } = await peer((_, response) => response.setHeader('X-Kind', 'ok').end('{"a":1}'))
    const transport = httpTransport(`${url}/school`)
    const answer = await transport.checkIn(bytes('one'))
    await transport.connect(bytes('two'))
    expect(seen).toEqual([
      { method: 'PUT', url: '/school/mdm/checkin', type: 'application/x-apple-aspen-mdm-checkin', body: 'one' },
      { method: 'PUT', url: '/school/mdm/connect', type: 'application/x-apple-aspen-mdm; charset=UTF-8', body: 'two' },
    ])
    expect(answer.status).toBe(200)
    expect(answer.headers['x-kind']).toBe('ok')
    expect(text(answer.body)).toBe('{"a":1}')
  })

  it('resolve with any status, and an empty body is no bytes', async () => {
    const { url } = await peer((_, response) => response.writeHead(503, { 'retry-after': '7' }).end())
    const answer = await httpTransport(url).connect(bytes(''))
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' } })
    expect(answer.body.byteLength).toBe(0)
  })

  it('follow a redirect with method and body, and forget it', async () => {
    const { url, seen } = await peer((request, response) => {
      if (request.url === '/mdm/checkin') response.writeHead(301, { location: '/elsewhere' }).end()
      else response.end('there')
    })
    const transport = httpTransport(url)
    expect(text((await transport.checkIn(bytes('x'))).body)).toBe('there')
    await transport.checkIn(bytes('y'))
    expect(seen.map((one) => `${one.method} ${one.url} ${one.body}`)).toEqual([
      'PUT /mdm/checkin x',
      'PUT /elsewhere x',
      'PUT /mdm/checkin y',
      'PUT /elsewhere y',
    ])
  })

  it('show another server nothing of who signed in', async () => {
    const seenThere: (string | undefined)[] = []
    const there = await peer((request, response) => {
      seenThere.push(request.headers.authorization)
      response.end()
    })
    const here = await peer((request, response) => {
      seenThere.push(request.headers.authorization)
      response.writeHead(307, { location: there.url }).end()
    })
    const sealed = { url: here.url, authorization: 'Bearer token', tls: { authorities: [] } }
    await httpTransport(here.url).checkIn(bytes('x'), sealed)
    expect(seenThere).toEqual(['Bearer token', undefined])
  })

  it('reject when redirects go round in circles', async () => {
    const { url } = await peer((_, response) => response.writeHead(307, { location: '/again' }).end())
    await expect(httpTransport(url).checkIn(bytes(''))).rejects.toMatchObject({ code: 'redirected-too-often' })
  })

  it('share a connection, and are sent again when the server had closed it', async () => {
    const { url, seen, sockets } = await peer((_, response) => response.end())
    const transport = httpTransport(url)
    await transport.checkIn(bytes('1'))
    await transport.checkIn(bytes('2'))
    expect(sockets.size).toBe(1)
    // The client learns of the reset only when it writes: the race that every kept connection has.
    for (const socket of sockets) socket.resetAndDestroy()
    expect((await transport.checkIn(bytes('3'))).status).toBe(200)
    expect(seen.at(-1)?.body).toBe('3')
  })

  it('reject when nobody listens', async () => {
    const { url } = await peer((_, response) => response.end())
    const [server] = servers.splice(0)
    await new Promise((resolve) => server?.close(resolve))
    await expect(httpTransport(url).checkIn(bytes(''))).rejects.toMatchObject({
      code: 'unreachable',
      message: `Cannot get an answer from ${url}/mdm/checkin: ECONNREFUSED`,
    })
  })

  it('reject when the answer breaks off', async () => {
    const { url } = await peer((_, response) => {
      response.writeHead(200, { 'content-length': '10' })
      response.write('half', () => response.destroy())
    })
    await expect(httpTransport(url).checkIn(bytes(''))).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('reject when the answer takes too long', async () => {
    const { url } = await peer(() => undefined)
    await expect(httpTransport(url, { timeout: 20 }).connect(bytes(''))).rejects.toMatchObject({ code: 'timeout' })
  })
})

describe('downloads', () => {
  it('go out to real hosts', async () => {
    const { url, seen } = await peer((_, response) => response.setHeader('content-type', 'text/x').end('content'))
    const answer = await httpTransport('http://127.0.0.1:1').fetch(`${url}/a.mobileconfig?b=c`)
    expect(seen).toEqual([{ method: 'GET', url: '/a.mobileconfig?b=c', type: undefined, body: '' }])
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/x' } })
  })

  it.each(['https://content.example/wifi', 'https://example.com/a/wifi.mobileconfig', 'https://CONTENT.INVALID/wifi'])(
    'of %s are a profile from a double',
    async (url) => {
      const { status, headers, body } = await httpTransport('http://127.0.0.1:1').fetch(url)
      expect([status, headers['content-type']]).toEqual([200, 'application/x-apple-aspen-config'])
      expect(decodePlist(body)).toMatchObject({ PayloadType: 'Configuration', PayloadVersion: 1, PayloadContent: [] })
    },
  )

  it('from a double are the same each time, and of the type that the path says', async () => {
    const { fetch } = httpTransport('http://127.0.0.1:1')
    expect(await fetch('https://content.example/a')).toEqual(await fetch('https://content.example/a'))
    const { headers, body } = await fetch('https://content.example/mail.json')
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(text(body))).toHaveProperty('UserName')
  })

  it('from a double fail where the path says so', async () => {
    expect(await httpTransport('http://127.0.0.1:1').fetch('https://content.example/status/404')).toMatchObject({
      status: 404,
    })
  })

  it.each(['file:///etc/hosts', 'not a url', 'ftp://content.example/x'])('of %s reject', async (url) => {
    await expect(httpTransport('http://127.0.0.1:1').fetch(url)).rejects.toMatchObject({ code: 'unreachable' })
  })
})
