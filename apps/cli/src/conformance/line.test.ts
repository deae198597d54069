import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { openLine } from './line.ts'

const body = new TextEncoder().encode('hello')

async function peer(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const line = openLine(10_000)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    line,
    async [Symbol.asyncDispose]() {
      line.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

it('an answer comes as it is, and the connection is kept', async () => {
  await using one = await peer(async (request, response) => {
    await buffer(request)
    response.writeHead(418, { 'content-encoding': 'br', 'x-asked': String(request.headers['accept-encoding']) })
    response.end('not compressed at all')
  })
  const first = await one.line.put({ url: one.url, headers: {}, body })
  const second = await one.line.put({ url: one.url, headers: {}, body })
  expect(first).toMatchObject({
    status: 418,
    reused: false,
    headers: { 'content-encoding': 'br', 'x-asked': 'undefined' },
  })
  expect(Buffer.from(first.body).toString()).toBe('not compressed at all')
  expect(second.reused).toBe(true)
})

it('a body is sent no further once there is an answer, and the answer is read whole', async () => {
  let received = 0
  await using one = await peer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (!response.headersSent) response.writeHead(413).end('too much')
    })
  })
  const piece = new Uint8Array(64 * 1024)
  const length = 1024 * piece.length
  const pieces = function* () {
    for (let left = 1024; left > 0; left -= 1) yield piece
  }
  const came = await one.line.put({ url: one.url, headers: {}, body: { pieces, length } })
  expect(came.status).toBe(413)
  expect(Buffer.from(came.body).toString()).toBe('too much')
  expect(received).toBeLessThan(length)
})

it('a redirect is followed with all that was sent, and another server does not hear who signed in', async () => {
  const seen: unknown[] = []
  await using other = await peer(async (request, response) => {
    seen.push([request.method, request.headers.authorization, (await buffer(request)).toString()])
    response.end('there')
  })
  await using one = await peer((_, response) => response.writeHead(308, { location: other.url }).end())
  const came = await one.line.put({ url: one.url, headers: { authorization: 'Bearer x' }, body })
  expect(Buffer.from(came.body).toString()).toBe('there')
  expect(seen).toEqual([['PUT', undefined, 'hello']])
})

it('a redirect that goes round in a circle is the answer', async () => {
  await using one = await peer((_, response) => response.writeHead(301, { location: '/' }).end())
  expect((await one.line.put({ url: one.url, headers: {}, body })).status).toBe(301)
})

it('where nothing comes in time, nothing comes', async () => {
  await using one = await peer(() => {})
  const impatient = openLine(50)
  await expect(impatient.put({ url: one.url, headers: {}, body })).rejects.toThrow('none within 0.05 s')
})
