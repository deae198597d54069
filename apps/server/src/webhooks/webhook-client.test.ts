import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createSelfSigned, encodePem, newPrivateKey } from '@edict/pki'
import { afterEach, describe, expect, it } from 'vitest'
import { type WebhookClient, type WebhookClientOptions, webhookClient } from './webhook-client.ts'

const message = { headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' }, body: '{"ü":1}' }
const never = new AbortController().signal

const clients: WebhookClient[] = []
const servers: Server[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

function client(options: Partial<WebhookClientOptions> = {}): WebhookClient {
  const made = webhookClient({ ca: undefined, timeout: 5000, isAllowed: () => true, now: Date.now, ...options })
  clients.push(made)
  return made
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

async function listening(server: Server, answer: Answer): Promise<string> {
  servers.push(server)
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await Array.fromAsync(request.setEncoding('utf8'))).join('')
    answer(request, response, body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const plain = async (answer: Answer) => `http://${await listening(createServer(), answer)}/hook?a=1`

async function selfSigned() {
  const name = [{ type: 'CN', value: 'localhost' }] as const
  const { certificate, privateKey } = await createSelfSigned(name, await newPrivateKey('p-256'), Date.now())
  const cert = encodePem(certificate.der, 'CERTIFICATE')
  return { cert, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

describe('a webhook client', () => {
  it('posts what it is given, and tells what was answered', async () => {
    let seen: unknown
    const url = await plain(({ method, url: path, headers }, response, body) => {
      seen = [method, path, headers['webhook-id'], headers['content-length'], body]
      response.writeHead(202, { 'retry-after': '7' }).end('Thank\u001b[31m you\r\n')
    })
    const answer = await client().post(url, message, never)
    expect(seen).toEqual(['POST', '/hook?a=1', 'msg_1', '8', message.body])
    expect(answer).toMatchObject({ status: 202, failure: null, answer: 'Thank [31m you', retryAfter: 7000 })
  })

  it('does not follow a redirection', async () => {
    let asked = 0
    const url = await plain((_request, response) => {
      asked += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(await client().post(url, message, never)).toMatchObject({ status: 307, failure: null })
    expect(asked).toBe(1)
  })

  it('keeps 512 characters of an answer, and reads no endless one to its end', async () => {
    const url = await plain((_request, response) => {
      response.writeHead(200)
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
    })
    const answer = await client().post(url, message, never)
    expect(answer).toMatchObject({ status: 200, answer: 'x'.repeat(512) })
  })

  it('counts the status of an answer whose body never ends', async () => {
    const url = await plain((_request, response) => {
      response.writeHead(200).write('wait')
    })
    expect(await client().post(url, message, never)).toMatchObject({ status: 200, failure: null, answer: 'wait' })
  })

  it('gives up who says nothing, hangs up, says nonsense, or is not there', async () => {
    const mute = await plain(() => undefined)
    const reset = await plain((request) => request.socket.destroy())
    const nonsense = await plain((request) => request.socket.end('SSH-2.0-OpenSSH\r\n\r\n'))
    const gone = `http://${await listening(createServer(), () => undefined)}/`
    servers.pop()?.close()
    const quick = client({ timeout: 200 })
    const failures = []
    for (const url of [mute, reset, nonsense, gone]) failures.push((await quick.post(url, message, never))?.failure)
    expect(failures).toEqual(['timeout', 'connection-reset', 'answer-malformed', 'connection-refused'])
  })

  it('goes on over a new connection where the receiver has closed a kept one', async () => {
    const server = createServer({ keepAliveTimeout: 60_000 })
    const url = `http://${await listening(server, (_request, response) => response.end('ok'))}/`
    const posting = client()
    for (let round = 0; round < 3; round += 1) {
      expect(await posting.post(url, message, never)).toMatchObject({ status: 200 })
      server.closeAllConnections()
    }
  })

  it('takes a certificate that a known authority stands behind, and no other one', async () => {
    const pair = await selfSigned()
    const address = await listening(createTlsServer(pair) as unknown as Server, (_request, response) => response.end())
    const url = `https://${address.replace('127.0.0.1', 'localhost')}/`
    expect(await client().post(url, message, never)).toMatchObject({ status: null, failure: 'certificate-untrusted' })
    expect(await client({ ca: [pair.cert] }).post(url, message, never)).toMatchObject({ status: 200 })
    const other = `https://${address}/`
    expect(await client({ ca: [pair.cert] }).post(other, message, never)).toMatchObject({
      failure: 'certificate-untrusted',
    })
  })

  it('connects to no address that is not allowed, whatever its name', async () => {
    let asked = 0
    const url = await plain((_request, response) => {
      asked += 1
      response.end()
    })
    const guarded = client({ isAllowed: (address) => address !== '127.0.0.1' && address !== '::1' })
    for (const target of [url, url.replace('127.0.0.1', 'localhost')])
      expect(await guarded.post(target, message, never)).toMatchObject({ status: null, failure: 'address-refused' })
    expect(asked).toBe(0)
    expect(await client().post(url.replace('127.0.0.1', 'localhost'), message, never)).toMatchObject({ status: 200 })
  })

  it('says nothing of what was aborted', async () => {
    const abort = new AbortController()
    const url = await plain(() => abort.abort())
    expect(await client().post(url, message, abort.signal)).toBeNull()
    expect(await client().post(url, message, abort.signal)).toBeNull()
  })
})
