import { connect as dial } from 'node:net'
import { encodeBase64, type KeyPair } from '@edict/pki'
import { encodeCheckIn, type IdentityKeys } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { type TestAuthority, testAuthority } from '../harness/identities.ts'
import { authenticate, CHECK_IN, everyMessage, outcome, say, tokens, updateToken } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

const inHeader = {
  'client-cert': ({ certificate }: KeyPair) => `:${encodeBase64(certificate.der)}:`,
  'ssl-client-escaped-cert': ({ certificate }: KeyPair) => encodeURIComponent(certificate.x509.toString()),
} as const

describe.each(databases)('who is speaking, behind a proxy, on %s', (database) => {
  let ca: TestAuthority
  let ann: KeyPair
  let bob: KeyPair
  beforeAll(async () => {
    ca = await testAuthority('Device CA')
    ann = await ca.issue('ANN')
    bob = await ca.issue('BOB')
  })
  afterAll(() => ca.remove())

  const behind = (header: string, trusted: string) =>
    openWorld(database, {
      insecureDevices: false,
      options: { deviceCa: ca.file, proxyHeader: header, trustedProxy: trusted },
    })

  const annKeys: IdentityKeys = { UDID: 'PROXY-ANN' }
  const bobKeys: IdentityKeys = { UDID: 'PROXY-BOB' }

  describe.each(['client-cert', 'ssl-client-escaped-cert'] as const)('that tells by %s', (header) => {
    let world: World
    const told = inHeader[header]
    const send = (keys: IdentityKeys, message: Parameters<typeof say>[2], headers: Record<string, string>) =>
      say(world.url, keys, message, { headers }).then(outcome)
    beforeAll(async () => {
      world = await behind(header, '10.0.0.0/8, 127.0.0.0/8')
      for (const [keys, pair] of [
        [annKeys, ann],
        [bobKeys, bob],
      ] as const) {
        expect(await send(keys, authenticate(keys), { [header]: told(pair) })).toBe('accepted')
        expect(await send(keys, updateToken(keys), { [header]: told(pair) })).toBe('accepted')
      }
    })
    afterAll(() => world.close())

    it('serves the device whose certificate the proxy saw, and no other one', async () => {
      expect(await send(annKeys, tokens(annKeys), { [header]: told(ann) })).toBe('accepted')
      for (const message of [authenticate(bobKeys), ...everyMessage(bobKeys)])
        expect(await send(bobKeys, message, { [header]: told(ann) })).toBe('identity-mismatch')
    })

    it('refuses a certificate that is told by a header the proxy does not set', async () => {
      const other = header === 'client-cert' ? 'ssl-client-escaped-cert' : 'client-cert'
      expect(await send(bobKeys, tokens(bobKeys), { [other]: inHeader[other](bob) })).toBe('identity-unproved')
      expect(await send(bobKeys, tokens(bobKeys), { [header.replaceAll('-', '_')]: told(bob) })).toBe(
        'identity-unproved',
      )
      expect(await send(bobKeys, tokens(bobKeys), { [header]: '' })).toBe('identity-unproved')
    })

    it("refuses a header that comes twice: the sender's own beside the proxy's", async () => {
      for (const values of [
        [told(ann), told(bob)],
        [told(bob), told(bob)],
      ]) {
        const reply = await say(world.url, bobKeys, tokens(bobKeys), { headers: { [header]: values } })
        expect(outcome(reply)).toBe('identity-proof-broken')
      }
      for (const joined of [`${told(ann)},${told(bob)}`, `${told(ann)}, ${told(bob)}`, `${told(ann)};a=b`])
        expect(await send(bobKeys, tokens(bobKeys), { [header]: joined })).toBe('identity-proof-broken')
    })

    it('refuses what is no certificate, and one that nobody stands behind', async () => {
      for (const value of [':AAAA:', '::', 'AAAA', '%', '-----BEGIN%20CERTIFICATE-----', told(ann).slice(0, -9)])
        expect(await send(annKeys, tokens(annKeys), { [header]: value })).toBe('identity-proof-broken')
      const other = await testAuthority('Device CA')
      expect(await send(annKeys, tokens(annKeys), { [header]: told(await other.issue('ANN')) })).toBe(
        'identity-untrusted',
      )
      expect(await send(annKeys, tokens(annKeys), { [header]: told(other) })).toBe('identity-untrusted')
      await other.remove()
    })

    it('refuses a signature by another certificate than the proxy saw, and takes one by the same', async () => {
      const both = (by: KeyPair) =>
        say(world.url, bobKeys, tokens(bobKeys), { by, headers: { [header]: told(bob) } }).then(outcome)
      expect(await both(ann)).toBe('identity-ambiguous')
      expect(await both(bob)).toBe('accepted')
    })

    it('still takes a signature alone, for a proxy that saw no certificate', async () => {
      expect(outcome(await say(world.url, bobKeys, tokens(bobKeys), { by: bob }))).toBe('accepted')
    })
  })

  describe('that is not ours', () => {
    let world: World
    beforeAll(async () => {
      world = await behind('client-cert', '10.0.0.0/8,fd00::/8')
      for (const message of [authenticate(bobKeys), updateToken(bobKeys)])
        expect(outcome(await say(world.url, bobKeys, message, { by: bob }))).toBe('accepted')
    })
    afterAll(() => world.close())

    it('is refused whatever it tells, with or without a proof of its own', async () => {
      const headers = {
        'client-cert': inHeader['client-cert'](bob),
        'x-forwarded-for': '10.0.0.1',
        'x-real-ip': '10.0.0.1',
        forwarded: 'for=10.0.0.1',
      }
      for (const message of [authenticate(bobKeys), ...everyMessage(bobKeys)])
        expect(outcome(await say(world.url, bobKeys, message, { headers }))).toBe('identity-header-refused')
      expect(outcome(await say(world.url, bobKeys, tokens(bobKeys), { headers, by: bob }))).toBe(
        'identity-header-refused',
      )
      expect(outcome(await say(world.url, bobKeys, tokens(bobKeys), { by: bob }))).toBe('accepted')
    })
  })

  describe('through which a second request is smuggled', () => {
    let world: World
    beforeAll(async () => {
      world = await behind('client-cert', '127.0.0.1')
      for (const message of [authenticate(bobKeys), updateToken(bobKeys)])
        expect(outcome(await say(world.url, bobKeys, message, { by: bob }))).toBe('accepted')
    })
    afterAll(() => world.close())

    const body = Buffer.from(encodeCheckIn(tokens(bobKeys))).toString()
    const hidden = () =>
      `PUT /mdm/checkin HTTP/1.1\r\nhost: x\r\ncontent-type: ${CHECK_IN}\r\nclient-cert: ${inHeader['client-cert'](bob)}\r\ncontent-length: ${body.length}\r\n\r\n${body}`

    it.each([
      ['two lengths', () => `content-length: 5\r\ncontent-length: 50`],
      ['a length and chunks', () => `content-length: ${hidden().length + 5}\r\ntransfer-encoding: chunked`],
      ['chunks that are not quite', () => `content-length: ${hidden().length + 5}\r\ntransfer-encoding: xchunked`],
      ['a space before the colon', () => `content-length : ${hidden().length + 5}\r\ntransfer-encoding: chunked`],
      ['a bare line feed', () => `x: y\ntransfer-encoding: chunked\r\ncontent-length: 5`],
      ['a header that goes on in the next line', () => `x: y\r\n client-cert: ${inHeader['client-cert'](bob)}`],
      ['a zero octet', () => `client-cert: ${inHeader['client-cert'](ann)}\0\r\ncontent-length: 5`],
    ])('by %s: one answer, not 200, and the connection ends', async (_, headers) => {
      const before = await accepted(world)
      const answer = await rawly(
        world.url,
        `PUT /mdm/checkin HTTP/1.1\r\nhost: x\r\ncontent-type: ${CHECK_IN}\r\n${headers()}\r\n\r\n0\r\n\r\n${hidden()}`,
      )
      expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 400'])
      expect(await accepted(world)).toBe(before)
    })
  })
})

async function accepted({ url }: World): Promise<string | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return /^edict_identity_proofs_total\{.*result="accepted".*\} (\d+)$/m.exec(text)?.[1]
}

/** Sends octets, and gives all that comes back until the other side ends. */
function rawly(url: string, octets: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = dial(Number(port), hostname, () => socket.write(octets))
    let answer = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
}
