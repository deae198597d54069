import type { KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAuthority,
  createCertificateRequest,
  createEnvelopedData,
  createScepRequest,
  createSelfSigned,
  createSignedData,
  issueIdentity,
  type KeyPair,
  newPrivateKey,
  readCertificateRequest,
  serialNumber,
  verifyChain,
  writePoll,
} from '@edict/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { sendRaw } from '../harness/raw.ts'
import { deviceKeys, issuedIn, type ScepClient, scepClient } from '../harness/scep-client.ts'
import { openWorld, type World } from '../harness/world.ts'

const hour = 3_600_000
const subject = [{ type: 'CN', value: 'iPad' }] as const

describe.each(databases)('SCEP on %s', (database) => {
  let world: World
  let client: ScepClient
  let mine: KeyObject
  let theirs: KeyObject
  let now = Date.now()
  beforeAll(async () => {
    world = await openWorld(database, { now: () => now })
    client = await scepClient(world.url)
    const [first, second] = await deviceKeys(2)
    if (first === undefined || second === undefined) throw new Error('no keys')
    mine = first
    theirs = second
  })
  afterAll(() => world.close())

  const challengeFor = async (enrollment?: string) =>
    (await world.admin('create-challenge', { body: enrollment === undefined ? {} : { enrollment } })).challenge
  const refusal = { status: 'failure', failInfo: 'badRequest' }
  const renewalRefusal = { status: 'failure', failInfo: 'badCertId' }
  const tie = (certificate: { readonly fingerprint: string; readonly notAfter: number }, enrollment: string) =>
    world.server.services.store.transaction((tx) =>
      tx.addPin({
        fingerprint: certificate.fingerprint,
        enrollment,
        state: 'current',
        pinnedAt: now,
        notAfter: certificate.notAfter,
        revokedAt: null,
        why: null,
      }),
    )
  /** An identity that was issued and tied to a device. */
  const enrolled = async (key: KeyObject, enrollment: string): Promise<KeyPair> => {
    const certificate = issuedIn(await client.enroll(key, await challengeFor(enrollment)))
    await tie(certificate, enrollment)
    return { certificate, privateKey: key }
  }

  /** How many messages were answered so. */
  const counted = async (result: string): Promise<number> => {
    const figures = await (await fetch(`${world.url}/metrics`)).text()
    const line = `edict_scep_requests_total{operation="PKIOperation",result="${result}"} `
    return Number(figures.split(line)[1]?.split('\n')[0] ?? 0)
  }

  describe('what it says of itself', () => {
    it('names what it can do, Renewal included, which macOS complains without', async () => {
      const response = await fetch(`${world.url}/scep?operation=GetCACaps`)
      expect(response.headers.get('content-type')).toContain('text/plain')
      const words = (await response.text()).split('\n')
      for (const word of ['AES', 'POSTPKIOperation', 'Renewal', 'SCEPStandard', 'SHA-256'])
        expect(words).toContain(word)
    })

    it('is the authority that administrators see', async () => {
      const { items } = await world.admin('list-authorities')
      expect(items[0]).toMatchObject({ state: 'issuing', fingerprint: client.authority.fingerprint })
    })
  })

  describe('a challenge', () => {
    it.each([false, true])('is good for a certificate that names whom the server means (by GET: %s)', async (byGet) => {
      const reply = await client.enroll(mine, await challengeFor('IPAD-A'), { byGet })
      const certificate = issuedIn(reply)
      verifyChain(certificate, { roots: await world.server.services.trust.anchors(), now })
      expect(certificate.x509.subject).toBe('CN=IPAD-A')
      expect(certificate.x509.subjectAltName).toBe('URI:urn:edict:enrollment:IPAD-A')
      expect(await world.server.services.store.read.certificate(certificate.fingerprint)).toMatchObject({
        enrollment: 'IPAD-A',
        serial: serialNumber(certificate),
        revoked: null,
      })
      if (reply.status === 'success') expect(reply.certificates[1]?.fingerprint).toBe(client.authority.fingerprint)
    })

    it('is bound to the first key: the same certificate again for it, nothing for another', async () => {
      const challenge = await challengeFor()
      const first = issuedIn(await client.enroll(mine, challenge))
      expect(issuedIn(await client.enroll(mine, challenge)).fingerprint).toBe(first.fingerprint)
      expect(await client.enroll(theirs, challenge)).toMatchObject(refusal)
    })

    it('is taken once when many show it at the same moment', async () => {
      const challenge = await challengeFor()
      const keys = [mine, theirs, mine, theirs, mine, theirs]
      const replies = await Promise.all(keys.map((key) => client.enroll(key, challenge)))
      const issued = new Set(
        replies.flatMap((reply) => (reply.status === 'success' ? [issuedIn(reply).fingerprint] : [])),
      )
      expect(issued.size).toBe(1)
      expect(replies.filter(({ status }) => status === 'failure')).toHaveLength(3)
    })

    it('that is missing, guessed or over gets nothing', async () => {
      const challenge = await challengeFor()
      expect(await client.enroll(mine)).toMatchObject(refusal)
      expect(await client.enroll(mine, 'guess')).toMatchObject(refusal)
      now += hour + 1
      expect(await client.enroll(mine, challenge)).toMatchObject(refusal)
    })

    it('is not stored, logged or audited', async () => {
      const challenge = await challengeFor('IPAD-SECRET')
      const { items } = await world.admin('list-audit', { query: { limit: 1 } })
      expect(items[0]).toMatchObject({ action: 'create-challenge', detail: { enrollment: 'IPAD-SECRET' } })
      expect(JSON.stringify(items)).not.toContain(challenge)
    })

    it('that anybody may use is there only by switch, and gives each key one certificate', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'edict-challenge-'))
      const file = join(folder, 'challenge')
      await writeFile(file, 'for every client of ours\n', { mode: 0o600 })
      expect(await client.enroll(mine, 'for every client of ours')).toMatchObject(refusal)
      const open = await openWorld(database, { options: { scepChallengeFile: file } })
      const there = await scepClient(open.url)
      const first = issuedIn(await there.enroll(mine, 'for every client of ours'))
      expect(issuedIn(await there.enroll(mine, 'for every client of ours')).fingerprint).toBe(first.fingerprint)
      expect(issuedIn(await there.enroll(theirs, 'for every client of ours')).fingerprint).not.toBe(first.fingerprint)
      expect(await there.enroll(mine, 'for every client')).toMatchObject(refusal)
      await open.close()
      await rm(folder, { recursive: true })
    })

    it('cannot be used for the answer that nobody could read: a key that is not RSA', async () => {
      const challenge = await challengeFor()
      const key = await newPrivateKey('p-256')
      expect(await client.enroll(key, challenge).catch(String)).toMatchObject({ status: 'failure', failInfo: 'badAlg' })
      issuedIn(await client.enroll(mine, challenge))
    })
  })

  describe('a renewal', () => {
    it('gives a device that is enrolled one other certificate, for the same device', async () => {
      const old = await enrolled(mine, 'IPAD-R1')
      const certificate = issuedIn(await client.renew(old, theirs))
      expect(await world.server.services.store.read.certificate(certificate.fingerprint)).toMatchObject({
        enrollment: 'IPAD-R1',
      })
      expect(issuedIn(await client.renew(old, theirs)).fingerprint).toBe(certificate.fingerprint)
      const [another] = await deviceKeys(1)
      if (another !== undefined) expect(await client.renew(old, another)).toMatchObject(renewalRefusal)
    })

    it('is refused to a certificate that was never tied to a device: one challenge, one device', async () => {
      const certificate = issuedIn(await client.enroll(mine, await challengeFor()))
      expect(await client.renew({ certificate, privateKey: mine }, theirs)).toMatchObject(renewalRefusal)
    })

    it('is refused once it is revoked, the certificate or the device', async () => {
      const { store } = world.server.services
      const [one, other] = [await enrolled(mine, 'IPAD-R2'), await enrolled(mine, 'IPAD-R3')]
      await store.transaction((tx) => tx.revokeCertificates('IPAD-R2', { at: now, why: 'lost' }))
      await store.transaction((tx) => tx.revokePins([other.certificate.fingerprint], { at: now, why: 'lost' }))
      for (const old of [one, other]) expect(await client.renew(old, theirs)).toMatchObject(renewalRefusal)
      const stored = await store.read.certificate(one.certificate.fingerprint)
      expect(stored?.revoked).toEqual({ at: now, why: 'lost' })
    })

    it('is refused to who is not ours, also with a name like ours', async () => {
      const stranger = await createSelfSigned(subject, mine, now)
      expect(await client.renew(stranger, mine)).toMatchObject(refusal)
      const name = [{ type: 'CN', value: /CN=(.*)/.exec(client.authority.x509.subject)?.[1] ?? '' }] as const
      const forged = await createAuthority({ name, key: 'p-256', now, days: 10 })
      const request = readCertificateRequest(createCertificateRequest({ subject, privateKey: mine }))
      const certificate = await issueIdentity(forged, request, { subject, now, days: 1 })
      for (const kind of ['RenewalReq', 'PKCSReq'] as const)
        expect(await client.renew({ certificate, privateKey: mine }, theirs, { kind })).toMatchObject(renewalRefusal)
    })

    it('is refused when the old certificate is over', async () => {
      const old = await enrolled(mine, 'IPAD-R4')
      now = old.certificate.notAfter + 1
      expect(await client.renew(old, theirs)).toMatchObject(renewalRefusal)
    })

    it('by PKCSReq with a challenge goes by the challenge, as devices do it', async () => {
      const old = await enrolled(mine, 'IPAD-R5')
      const how = { kind: 'PKCSReq', challenge: await challengeFor('IPAD-R5') } as const
      expect(issuedIn(await client.renew(old, theirs, how)).x509.subject).toBe('CN=IPAD-R5')
      expect(await client.renew(old, theirs, { ...how, challenge: 'guess' })).toMatchObject(refusal)
    })
  })

  describe('what it refuses', () => {
    it.each(['18', '3', '21', '22', '99'])(
      'type %s is not on the list: no certificate, whatever is inside',
      async (type) => {
        const challenge = await challengeFor()
        const content = createCertificateRequest({ subject, privateKey: mine, challengePassword: challenge })
        const message = createSignedData(createEnvelopedData(content, [client.authority]), {
          signer: await createSelfSigned(subject, mine, now),
          attributes: [
            { oid: '2.16.840.1.113733.1.9.2', value: der(0x13, Buffer.from(type)) },
            { oid: '2.16.840.1.113733.1.9.7', value: der(0x13, Buffer.from('a transaction')) },
            { oid: '2.16.840.1.113733.1.9.5', value: der(0x04, new Uint8Array(16)) },
          ],
        })
        const before = await counted('scep-message-type')
        expect((await client.post(message)).status).toBe(200)
        expect(await counted('scep-message-type')).toBe(before + 1)
        // It was not used up either.
        issuedIn(await client.enroll(theirs, challenge))
      },
    )

    it('has nothing pending to poll for', async () => {
      const signer = await createSelfSigned(subject, mine, now)
      const content = writePoll(client.authority.subject, signer.certificate.subject)
      const { message } = createScepRequest({ kind: 'CertPoll', content, signer, recipient: client.authority })
      expect((await client.post(message)).status).toBe(200)
      expect(await counted('nothing-pending')).toBe(1)
    })

    it.each(['', '?operation=', '?operation=GetNextCACert', '?operation=GetCACaps&operation=GetCACert', '?message=x'])(
      'answers 400 to /scep%s, and never 401',
      async (query) => {
        expect((await fetch(`${world.url}/scep${query}`)).status).toBe(400)
      },
    )

    it('answers 400 to what is no message, and 413 to what is too much', async () => {
      expect((await client.post(Buffer.from('no message'))).status).toBe(400)
      expect((await client.post(new Uint8Array())).status).toBe(400)
      expect((await fetch(`${world.url}/scep?operation=PKIOperation&message=%zz`)).status).toBe(400)
      const large = await sendRaw(world.url, new Uint8Array(2 * 1024 * 1024 + 1), {
        path: '/scep?operation=PKIOperation',
        method: 'POST',
        type: 'application/x-pki-message',
      })
      expect(large.status).toBe(413)
    })

    it('counts each request by what was said to it', async () => {
      for (const result of ['issued', 'repeated', 'challenge-unknown', 'challenge-used', 'renewal-revoked'])
        expect(await counted(result), result).toBeGreaterThan(0)
    })

    it('makes who fails again and again wait, and nobody else', async () => {
      let last = 200
      for (let tries = 0; tries < 60 && last !== 429; tries += 1) last = (await client.post(Buffer.from('no'))).status
      expect(last).toBe(429)
      const refused = await client.post(Buffer.from('no'))
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await fetch(`${world.url}/scep?operation=GetCACaps`)).status).toBe(200)
      now += 10 * 60_000
      issuedIn(await client.enroll(mine, await challengeFor()))
    })
  })

  describe('a rotation', () => {
    it('issues with a new authority, and trusts what the old one issued until it ends', async () => {
      const before = issuedIn(await client.enroll(mine, await challengeFor()))
      const { items } = await world.admin('rotate-authority')
      expect(items.map(({ state }) => state)).toEqual(['issuing', 'retired'])
      const anchors = () => world.server.services.trust.anchors()
      expect(verifyChain(before, { roots: await anchors(), now })).toHaveLength(2)
      const renewed = await scepClient(world.url)
      expect(renewed.authority.fingerprint).not.toBe(client.authority.fingerprint)
      const after = issuedIn(await renewed.enroll(mine, await challengeFor()))
      expect(verifyChain(after, { roots: await anchors(), now }).at(-1)?.fingerprint).toBe(
        renewed.authority.fingerprint,
      )
      await world.restart()
      expect(await anchors()).toHaveLength(2)
      now = before.notAfter + 1
      expect(await anchors()).toHaveLength(1)
      expect((await world.admin('list-audit', { query: { limit: 10 } })).items.map(({ action }) => action)).toContain(
        'rotate-authority',
      )
    })
  })
})

function der(tag: number, content: Uint8Array): Uint8Array {
  return Uint8Array.of(tag, content.length, ...content)
}
