import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { connect as plainly, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as dial, type TLSSocket } from 'node:tls'
import { encodeBase64, type KeyPair } from '@edict/pki'
import type { CheckIn, IdentityKeys } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { type TestAuthority, testAuthority, tlsClient } from '../harness/identities.ts'
import { type RawRequest, sendRaw } from '../harness/raw.ts'
import { authenticate, CHECK_IN, everyMessage, outcome, say, TOPIC, tokens, updateToken } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('who is speaking, over TLS, on %s', (database) => {
  let folder: string
  let world: World
  let ca: TestAuthority
  let ann: KeyPair
  let bob: KeyPair
  const annKeys: IdentityKeys = { UDID: 'TLS-ANN' }
  const bobKeys: IdentityKeys = { UDID: 'TLS-BOB' }
  const files = () => ({ tlsCert: join(folder, 'server.pem'), tlsKey: join(folder, 'server.key') })

  const serverPair = async (name: string) => {
    const { cert, key } = tlsClient(await ca.issue(name, { forServers: true }))
    await writeFile(files().tlsCert, cert)
    await writeFile(files().tlsKey, key)
  }
  const as = (keys: IdentityKeys, message: CheckIn | 'idle', shows: RawRequest['tls'], by?: KeyPair) =>
    say(world.url, keys, message, { ...(shows && { tls: shows }), ...(by && { by }) }).then(outcome)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-tls-'))
    ca = await testAuthority('Device CA')
    ann = await ca.issue('ANN')
    bob = await ca.issue('BOB')
    await serverPair('first')
    const options = { deviceCa: ca.file, ...files() }
    world = await openWorld(database, { insecureDevices: false, options, patience: 1500 })
    for (const [keys, pair] of [
      [annKeys, ann],
      [bobKeys, bob],
    ] as const)
      for (const message of [authenticate(keys), updateToken(keys)])
        expect(await as(keys, message, tlsClient(pair))).toBe('accepted')
  })
  afterAll(async () => {
    await world.close()
    await ca.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('listens on https, and serves devices by their certificate and user channels by that of their device', async () => {
    expect(world.url).toMatch(/^https:/)
    expect(await as(annKeys, tokens(annKeys), tlsClient(ann))).toBe('accepted')
    expect(await as(annKeys, 'idle', tlsClient(ann))).toBe('accepted')
    const user = { ...annKeys, UserID: 'USER' }
    expect(await as(user, updateToken(user), tlsClient(ann))).toBe('accepted')
    expect(await as(user, tokens(user), tlsClient(bob))).toBe('identity-mismatch')
  })

  it('lets nobody speak for another, whatever is said', async () => {
    for (const message of [authenticate(bobKeys), ...everyMessage(bobKeys)])
      expect(await as(bobKeys, message, tlsClient(ann))).toBe('identity-mismatch')
    expect(await as(bobKeys, tokens(bobKeys), tlsClient(await ca.issue('STRANGER')))).toBe('identity-unpinned')
    expect(await as(bobKeys, authenticate(bobKeys), tlsClient(await ca.issue('STRANGER')))).toBe('identity-taken')
  })

  it('answers 400, and not with a broken connection, where a certificate is missing or nobody stands behind it', async () => {
    expect(await as(bobKeys, tokens(bobKeys), {})).toBe('identity-unproved')
    const other = await testAuthority('Device CA')
    expect(await as(bobKeys, tokens(bobKeys), tlsClient(await other.issue('BOB')))).toBe('identity-untrusted')
    expect(await as(bobKeys, tokens(bobKeys), tlsClient(other))).toBe('identity-untrusted')
    expect(await as(bobKeys, tokens(bobKeys), tlsClient(await ca.issue('BOB', { forServers: true })))).toBe(
      'identity-untrusted',
    )
    await other.remove()
  })

  it('takes a signature too, alone or by the same certificate, and refuses one by another', async () => {
    expect(await as(bobKeys, tokens(bobKeys), {}, bob)).toBe('accepted')
    expect(await as(bobKeys, tokens(bobKeys), tlsClient(bob), bob)).toBe('accepted')
    expect(await as(bobKeys, tokens(bobKeys), tlsClient(ann), bob)).toBe('identity-ambiguous')
    expect(await as(annKeys, tokens(annKeys), tlsClient(ann), bob)).toBe('identity-ambiguous')
  })

  it('says of every request who it is from: on one connection, and on one that is resumed', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 10 })
    const shows = { ...tlsClient(ann), agent }
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await as(annKeys, tokens(annKeys), shows)).toBe('accepted')
      expect(await as(bobKeys, tokens(bobKeys), shows)).toBe('identity-mismatch')
    }
    agent.destroy()
    const session = await sessionOf(world.url, tlsClient(ann))
    for (const [keys, said] of [
      [annKeys, 'accepted'],
      [bobKeys, 'identity-mismatch'],
    ] as const) {
      const resuming = new Agent({ session, maxVersion: 'TLSv1.2' } as ConstructorParameters<typeof Agent>[0])
      expect(await as(keys, tokens(keys), { ...tlsClient(ann), agent: resuming })).toBe(said)
      resuming.destroy()
    }
  })

  it('ends what a certificate may do at once, on open connections too', async () => {
    const leaver = await ca.issue('LEAVER')
    const keys = { UDID: 'TLS-LEAVER' }
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const shows = { ...tlsClient(leaver), agent }
    for (const message of [authenticate(keys), updateToken(keys), tokens(keys)])
      expect(await as(keys, message, shows)).toBe('accepted')
    expect(await as(keys, { MessageType: 'CheckOut', ...keys, Topic: TOPIC }, shows)).toBe('accepted')
    expect(await as(keys, tokens(keys), shows)).toBe('identity-revoked')
    agent.destroy()
  })

  it('takes the certificate that a trusted proxy connects with for the proxy, not for a device', async () => {
    const proxy = { proxyHeader: 'client-cert', trustedProxy: '127.0.0.1' }
    const options = { deviceCa: ca.file, ...files(), ...proxy }
    const behind = await openWorld(database, { insecureDevices: false, options })
    const through = (shows: KeyPair, saw: KeyPair | null, message: CheckIn) => {
      const headers = saw === null ? {} : { 'client-cert': `:${encodeBase64(saw.certificate.der)}:` }
      return say(behind.url, bobKeys, message, { tls: tlsClient(shows), headers }).then(outcome)
    }
    expect(await through(ann, null, authenticate(bobKeys))).toBe('identity-unproved')
    expect(await through(ann, bob, authenticate(bobKeys))).toBe('accepted')
    expect(await through(ann, bob, updateToken(bobKeys))).toBe('accepted')
    await behind.close()
  })

  it('ends without waiting for connections on which nothing was asked, whether they greeted or not', async () => {
    const own = await openWorld(database, { insecureDevices: false, options: { deviceCa: ca.file, ...files() } })
    const { hostname, port } = new URL(own.url)
    const greeted = dialed(own.url, tlsClient(ann))
    await once(greeted, 'secureConnect')
    const [silent, begun] = [plainly(Number(port), hostname), plainly(Number(port), hostname)]
    await Promise.all([once(silent, 'connect'), once(begun, 'connect')])
    begun.write(Buffer.from([0x16, 3, 1]))
    const ended = [greeted, silent, begun].map(closed)
    await own.close()
    await Promise.all(ended)
  })

  it('asks no certificate of administrators', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const reply = await sendRaw(world.url, '', { path: '/api/v1/sets', method: 'GET', headers })
    expect(reply.status).toBe(200)
    expect((await sendRaw(world.url, '', { path: '/healthz', method: 'GET' })).status).toBe(200)
  })

  it('hangs up on who sends too slowly, with 400 where there was a request, and counts it', async () => {
    const slow = await slowly(
      world.url,
      tlsClient(bob),
      `PUT /mdm/checkin HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n`,
      [`content-type: ${CHECK_IN}\r\n\r\n<plist`],
    )
    expect(slow).toMatch(/^HTTP\/1\.1 400 /)
    expect(slow).toContain('request-too-slow')
    const metrics = await sendRaw(world.url, '', { path: '/metrics', method: 'GET' })
    expect(metrics.body).toMatch(/edict_broken_requests_total\{code="request-too-slow"\} [1-9]/)
  })

  it('shows another certificate when the files have changed, and the old one when they cannot be used', async () => {
    expect(await shownBy(world.url)).toBe('first')
    await serverPair('second')
    expect(await shownBy(world.url)).toBe('first')
    expect(await world.server.reloadTls()).toBe(true)
    expect(await shownBy(world.url)).toBe('second')
    await writeFile(files().tlsKey, tlsClient(await ca.issue('another key')).key)
    expect(await world.server.reloadTls()).toBe(false)
    expect(await shownBy(world.url)).toBe('second')
    expect(await as(annKeys, tokens(annKeys), tlsClient(ann))).toBe('accepted')
  })
})

/** Resolves when a connection is over, in order or not. */
function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) =>
    socket
      .on('error', () => undefined)
      .once('close', resolve)
      .resume(),
  )
}

function dialed(url: string, shows: RawRequest['tls'], more: object = {}): TLSSocket {
  const { hostname, port } = new URL(url)
  return dial({ host: hostname, port: Number(port), rejectUnauthorized: false, ...(shows as object), ...more })
}

function shownBy(url: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = dialed(url, {})
    socket.on('error', reject).on('secureConnect', () => {
      const { CN } = socket.getPeerCertificate().subject
      resolve(Array.isArray(CN) ? CN[0] : CN)
      socket.destroy()
    })
  })
}

/** A TLS session that a later connection can go on with. */
function sessionOf(url: string, shows: RawRequest['tls']): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = dialed(url, shows, { maxVersion: 'TLSv1.2' })
    socket.on('error', reject).on('session', (session) => {
      resolve(session)
      socket.destroy()
    })
  })
}

/** Sends the beginning of a request and no end of it; gives what comes back until the other side ends. */
function slowly(url: string, shows: RawRequest['tls'], head: string, rest: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = dialed(url, shows)
    let answer = ''
    socket.on('secureConnect', () => {
      for (const part of [head, ...rest]) socket.write(part)
    })
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
}
