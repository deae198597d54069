import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type ClientHttp2Session, connect, type SecureClientSessionOptions } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAuthority,
  createCertificateRequest,
  createSelfSigned,
  encodePem,
  issueIdentity,
  type KeyPair,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'
import { afterEach, describe, expect, it } from 'vitest'
import { faultOf } from './fault.ts'
import type { Push } from './push.ts'
import { type ApnsDouble, type ApnsDoubleOptions, startApnsDouble } from './start-apns-double.ts'

const doubles: ApnsDouble[] = []
const folder = mkdtempSync(join(tmpdir(), 'edict-apns-'))

afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close()
  rmSync(join(folder, 'log'), { force: true })
})

async function start(options: Partial<ApnsDoubleOptions> = {}): Promise<ApnsDouble> {
  const double = await startApnsDouble({ listen: '127.0.0.1:0', ...options })
  doubles.push(double)
  return double
}

interface Told {
  readonly status: number
  readonly body: string
  readonly id: unknown
  readonly after: unknown
}

const good = { ':method': 'POST', ':path': '/3/device/AB01', 'apns-topic': 'com.apple.mgmt.x', 'apns-push-type': 'mdm' }

function push(
  url: string,
  headers: Record<string, string> = {},
  body = '{"mdm":"magic"}',
  options: SecureClientSessionOptions = {},
): Promise<Told> {
  const session = connect(url, options)
  return new Promise((resolve, reject) => {
    session.on('error', reject)
    const stream = session.request({ ...good, ...headers })
    let status = 0
    let id: unknown
    let after: unknown
    let text = ''
    stream.on('response', (answer) => {
      status = Number(answer[':status'])
      id = answer['apns-id']
      after = answer['retry-after']
    })
    stream.on('data', (chunk) => {
      text += chunk
    })
    stream.on('error', reject)
    stream.on('close', () => {
      session.close()
      resolve({ status, body: text, id, after })
    })
    stream.end(body)
  })
}

/** What came of one more push on a session; 0 when it was not looked at. */
function statusOf(session: ClientHttp2Session): Promise<number> {
  return new Promise((resolve) => {
    const stream = session.request(good)
    let status = 0
    stream.on('response', (answer) => {
      status = Number(answer[':status'])
    })
    stream.on('error', () => undefined)
    stream.on('close', () => resolve(status))
    stream.resume()
    stream.end('{"mdm":"magic"}')
  })
}

/** A server that is called localhost, who issues push certificates, one of them, and one of somebody else. */
async function certificates(topic: string) {
  const name = (value: string) => [{ type: 'CN', value }] as const
  const now = Date.now()
  const pem = ({ certificate, privateKey }: KeyPair) => ({
    cert: encodePem(certificate.der, 'CERTIFICATE'),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  })
  const issued = async (by: KeyPair) => {
    const privateKey = await newPrivateKey('p-256')
    const subject = [{ type: 'CN', value: 'APSP:test' } as const, { type: 'UID', value: topic } as const]
    const request = readCertificateRequest(createCertificateRequest({ subject, privateKey }))
    return pem({ certificate: await issueIdentity(by, request, { subject, now, days: 365 }), privateKey })
  }
  const authority = await createAuthority({ name: name('Push'), key: 'p-256', now, days: 3650 })
  const other = await createAuthority({ name: name('Push'), key: 'p-256', now, days: 3650 })
  return {
    server: pem(await createSelfSigned(name('localhost'), await newPrivateKey('p-256'), now)),
    clientCa: pem(authority).cert,
    client: await issued(authority),
    stranger: await issued(other),
  }
}

describe('a push', () => {
  it('is answered 200 with an id, logged before that, and wakes', async () => {
    const log = join(folder, 'log')
    const woken: Push[] = []
    const { url } = await start({ log, now: () => Date.UTC(2026, 8, 1), onPush: (_, one) => void woken.push(one) })
    const { status, body, id } = await push(url, { 'apns-expiration': '1788300000', 'apns-priority': '10' })
    expect([status, body]).toEqual([200, ''])
    expect(id).toMatch(/^[0-9A-F-]{36}$/)
    expect(readFileSync(log, 'utf8')).toBe(
      '{"at":"2026-09-01T00:00:00.000Z","token":"AB01","topic":"com.apple.mgmt.x","status":200}\n',
    )
    expect(woken).toEqual([{ token: 'AB01', topic: 'com.apple.mgmt.x', magic: 'magic', expires: 1_788_300_000_000 }])
  })

  it.each([
    ['a token that is not hex', { ':path': '/3/device/xyz' }, '{"mdm":"m"}', 400, 'BadDeviceToken'],
    ['another path', { ':path': '/4/device/AB' }, '{"mdm":"m"}', 404, 'BadPath'],
    ['another method', { ':method': 'PUT' }, '{"mdm":"m"}', 405, 'MethodNotAllowed'],
    ['no topic', { 'apns-topic': '' }, '{"mdm":"m"}', 400, 'MissingTopic'],
    ['another push type', { 'apns-push-type': 'alert' }, '{"mdm":"m"}', 400, 'InvalidPushType'],
    ['an unknown priority', { 'apns-priority': '7' }, '{"mdm":"m"}', 400, 'BadPriority'],
    ['a date as expiration', { 'apns-expiration': '2026-01-01' }, '{"mdm":"m"}', 400, 'BadExpirationDate'],
    ['no body', {}, '', 400, 'PayloadEmpty'],
    ['a body that is not JSON', {}, '{', 400, 'BadPayload'],
    ['no PushMagic', {}, '{"aps":{}}', 400, 'BadPayload'],
    ['more than PushMagic', {}, '{"mdm":"m","aps":{}}', 400, 'BadPayload'],
    ['more than 4096 octets', {}, `{"mdm":"${'m'.repeat(4090)}"}`, 413, 'PayloadTooLarge'],
  ])('with %s is refused, and wakes nobody', async (_, headers, body, status, reason) => {
    let woken = 0
    const double = await start({ onPush: () => (woken += 1) })
    const told = await push(double.url, headers, body)
    expect([told.status, told.body]).toEqual([status, JSON.stringify({ reason })])
    expect([woken, double.pushes]).toEqual([0, 1])
  })

  it('to a token that is nobody’s is refused when the double knows them all', async () => {
    const { url } = await start({ knows: (token) => token === 'AB01' })
    expect((await push(url)).status).toBe(200)
    expect(await push(url, { ':path': '/3/device/AB02' })).toMatchObject({
      status: 400,
      body: '{"reason":"BadDeviceToken"}',
    })
  })

  it('is refused by a fault for as long as there is one', async () => {
    const double = await start({ fault: faultOf('410'), now: () => 5 })
    expect(await push(double.url)).toMatchObject({ status: 410, body: '{"reason":"Unregistered","timestamp":5}' })
    double.fail(faultOf('503:2'))
    expect([(await push(double.url)).status, (await push(double.url)).status]).toEqual([200, 503])
    double.fail(null)
    expect((await push(double.url)).status).toBe(200)
  })

  it('whose waking fails is answered all the same', async () => {
    const { url } = await start({ onPush: () => Promise.reject(new Error('no')) })
    expect((await push(url)).status).toBe(200)
  })
})

it('says goodbye to its clients, and takes new ones', async () => {
  const double = await start()
  const session = connect(double.url)
  await new Promise((resolve) => session.once('connect', resolve))
  const said = new Promise((resolve) => session.once('goaway', resolve))
  const closed = new Promise<void>((resolve) => session.once('close', resolve))
  await push(double.url)
  double.goAway()
  expect(await said).toBe(0)
  await closed
  expect((await push(double.url)).status).toBe(200)
})

it('names the last push that it looked at when it says goodbye, and why; it looks at none after that', async () => {
  const double = await start({ goAwayAfter: 3 })
  const session = connect(double.url)
  const said = new Promise<readonly unknown[]>((resolve) =>
    session.once('goaway', (code, last, data) => resolve([code, last, data?.toString()])),
  )
  session.on('error', () => undefined)
  const statuses = Array.from({ length: 5 }, () => statusOf(session))
  expect((await Promise.all(statuses)).sort()).toEqual([0, 0, 200, 200, 200])
  expect(await said).toEqual([0, 5, '{"reason":"Shutdown"}'])
  expect([double.pushes, double.connections]).toEqual([3, 1])
})

it('keeps clients to as many streams as it takes, also when that changes', async () => {
  const double = await start({ mostStreams: 7 })
  const session = connect(double.url)
  const most = () =>
    new Promise((resolve) => session.once('remoteSettings', (one) => resolve(one.maxConcurrentStreams)))
  expect(await most()).toBe(7)
  const changed = most()
  double.limitStreams(1)
  expect(await changed).toBe(1)
  session.destroy()
})

describe('a push for a device that cannot be reached', () => {
  const expires = (seconds: number) => ({ 'apns-expiration': String(seconds) })

  it('is kept for it, the newest only, and brought when it is there again', async () => {
    const there = new Set<string>()
    const brought: string[] = []
    const double = await start({
      now: () => 1000,
      reaches: (token) => there.has(token),
      onPush: (_, { magic }) => brought.push(magic),
    })
    await push(double.url, expires(100), '{"mdm":"first"}')
    await push(double.url, expires(100), '{"mdm":"second"}')
    expect([double.kept, brought]).toEqual([1, []])
    double.reach('AB01')
    double.reach('AB01')
    expect([double.kept, brought]).toEqual([0, ['second']])
  })

  it('is not kept without an expiration, and not brought once it has expired', async () => {
    let now = 1000
    const brought: string[] = []
    const double = await start({ now: () => now, reaches: () => false, onPush: (_, { magic }) => brought.push(magic) })
    await push(double.url, expires(0))
    expect(double.kept).toBe(0)
    await push(double.url, expires(100))
    now = 100_001
    double.reach('AB01')
    expect(brought).toEqual([])
  })
})

describe('over TLS', () => {
  const topic = 'com.apple.mgmt.External.test'
  const made = certificates(topic)

  it.each(['answer', 'handshake'] as const)(
    'takes pushes for the topic of the certificate (others: %s)',
    async (refuse) => {
      const { server, clientCa, client } = await made
      const { url } = await start({ listen: 'localhost:0', tls: { ...server, clientCa, refuse } })
      const options = { ca: server.cert, ...client }
      expect((await push(url, { 'apns-topic': topic }, undefined, options)).status).toBe(200)
      expect(await push(url, {}, undefined, options)).toMatchObject({
        status: 400,
        body: '{"reason":"TopicDisallowed"}',
      })
    },
  )

  it('answers a certificate of somebody else, and none at all', async () => {
    const { server, clientCa, stranger } = await made
    const { url } = await start({ listen: 'localhost:0', tls: { ...server, clientCa, refuse: 'answer' } })
    const ca = server.cert
    expect(await push(url, {}, undefined, { ca, ...stranger })).toMatchObject({
      status: 403,
      body: '{"reason":"BadCertificate"}',
    })
    expect(await push(url, {}, undefined, { ca })).toMatchObject({
      status: 403,
      body: '{"reason":"MissingProviderToken"}',
    })
  })

  it('or does not speak with them', async () => {
    const { server, clientCa, stranger } = await made
    const double = await start({ listen: 'localhost:0', tls: { ...server, clientCa, refuse: 'handshake' } })
    // The connection ends, with an error or without one.
    const told = push(double.url, {}, undefined, { ca: server.cert, ...stranger }).catch(() => ({ status: 0 }))
    expect([(await told).status, double.pushes]).toEqual([0, 0])
  })
})

it('says so when the address is taken', async () => {
  const { url } = await start()
  await expect(startApnsDouble({ listen: new URL(url).host })).rejects.toMatchObject({ code: 'listen-failed' })
})

it.each(['nonsense', '127.0.0.1', '127.0.0.1:99999'])('does not listen on %s', async (listen) => {
  await expect(startApnsDouble({ listen })).rejects.toMatchObject({ code: 'option-unusable' })
})

it.each([
  ['503:2', [null, 503, null, 503]],
  ['410@ab01', [410, 410, 410, 410]],
  ['410@ab02', [null, null, null, null]],
  ['410@ab02,429:3', [null, null, 429, null]],
] as const)('%s refuses these of four pushes to AB01', (text, statuses) => {
  const fault = faultOf(text)
  const one = { token: 'AB01', topic: 't', magic: 'm', expires: 0 }
  expect(statuses.map(() => fault(one)?.status ?? null)).toEqual(statuses)
})

it('a fault may have another reason, and say when to come again', async () => {
  const { url } = await start({ fault: faultOf('429/Busy;after=30') })
  expect(await push(url)).toMatchObject({ status: 429, body: '{"reason":"Busy"}', after: '30' })
})

it.each(['200', '503:0', 'x', '410@xyz', '429;after=', '503,'])('cannot be told to fail with %s', (text) => {
  expect(() => faultOf(text)).toThrow('Cannot fail with')
})
