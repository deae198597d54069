import { createMdmSignature, createSignedData, encodeBase64, type KeyPair } from '@edict/pki'
import { type CheckIn, encodeCheckIn, encodeConnect, type IdentityKeys } from '@edict/protocol'
import { readConfig, startServer } from '@edict/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { signed, type TestAuthority, testAuthority } from '../harness/identities.ts'
import { MASTER_KEY } from '../harness/keys.ts'
import { type RawReply, sendRaw } from '../harness/raw.ts'
import { authenticate, CHECK_IN, everyMessage, outcome, say, tokens, updateToken } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

const day = 86_400_000

describe.each(databases)('who is speaking, by Mdm-Signature, on %s', (database) => {
  let world: World
  let ca: TestAuthority
  let ann: Speaker
  let bob: Speaker
  beforeAll(async () => {
    ca = await testAuthority('Device CA')
    world = await openWorld(database, { insecureDevices: false, options: { deviceCa: ca.file } })
    ann = await enrolled('ANN')
    bob = await enrolled('BOB')
  })
  afterAll(async () => {
    await world.close()
    await ca.remove()
  })

  interface Speaker {
    readonly keys: IdentityKeys
    readonly id: string
    readonly pair: KeyPair
    says(message: CheckIn | 'idle', by?: KeyPair): Promise<RawReply>
  }

  const speaker = async (name: string, keyPair?: KeyPair): Promise<Speaker> => {
    const keys = { UDID: `SPEAKER-${name}` }
    const pair = keyPair ?? (await ca.issue(name))
    return { keys, id: keys.UDID, pair, says: (message, by = pair) => say(world.url, keys, message, { by }) }
  }

  const enrolled = async (name: string, keyPair?: KeyPair): Promise<Speaker> => {
    const made = await speaker(name, keyPair)
    expect(outcome(await made.says(authenticate(made.keys)))).toBe('accepted')
    expect(outcome(await made.says(updateToken(made.keys)))).toBe('accepted')
    return made
  }

  const pinsOf = async ({ id }: Speaker) =>
    (await world.server.services.store.read.pinsOf(id)).map(({ state, why }) => (why === null ? state : why))

  /** Makes what our own authority would have issued for a device. */
  const issuedFor = async (device: string, name: string): Promise<KeyPair> => {
    const pair = await ca.issue(name)
    const { store, now } = world.server.services
    const [authority] = await store.read.authorities(now())
    if (authority === undefined) throw new Error('no authority')
    await store.transaction((tx) =>
      tx.addCertificate({
        fingerprint: pair.certificate.fingerprint,
        authority: authority.id,
        serial: '01',
        subject: name,
        enrollment: device,
        askedWith: `test:${name}`,
        transactionId: name,
        requestHash: name,
        der: pair.certificate.der,
        issuedAt: now(),
        notAfter: pair.certificate.notAfter,
        revoked: null,
      }),
    )
    return pair
  }

  const proofs = async (result: string): Promise<number> => {
    const text = await (await fetch(`${world.url}/metrics`)).text()
    return [...text.matchAll(/^edict_identity_proofs_total\{(.*)\} (\d+)$/gm)]
      .filter(([, labels = '']) => labels.includes(`result="${result}"`))
      .reduce((sum, [, , count]) => sum + Number(count), 0)
  }

  it('a device that signs enrolls, is pinned, and is served on both channels', async () => {
    const mac = await enrolled('MAC', await ca.issue('MAC', { key: 'rsa-2048' }))
    expect(await pinsOf(mac)).toEqual(['current'])
    const user = { ...mac.keys, UserID: 'USER' }
    expect(outcome(await say(world.url, user, updateToken(user), { by: mac.pair }))).toBe('accepted')
    for (const keys of [mac.keys, user]) {
      expect(outcome(await say(world.url, keys, tokens(keys), { by: mac.pair }))).toBe('accepted')
      expect(outcome(await say(world.url, keys, 'idle', { by: mac.pair }))).toBe('accepted')
    }
  })

  it('without a proof nothing is said to anybody: 400', async () => {
    const before = await proofs('identity-unproved')
    for (const message of [authenticate(bob.keys), ...everyMessage(bob.keys)])
      expect(outcome(await say(world.url, bob.keys, message))).toBe('identity-unproved')
    expect(await proofs('identity-unproved')).toBe(before + 13)
  })

  it('of a stranger no body is read, however long', async () => {
    const reply = await sendRaw(world.url, Buffer.alloc(17 * 1024 * 1024, ' '), {
      path: '/mdm/checkin',
      type: CHECK_IN,
    })
    expect(outcome(reply)).toBe('identity-unproved')
  })

  it('no body over 16 MiB is read for a signature either', async () => {
    const body = Buffer.alloc(16 * 1024 * 1024 + 1, ' ')
    const headers = { 'mdm-signature': 'AAAA' }
    const reply = await sendRaw(world.url, body, { path: '/mdm/checkin', type: CHECK_IN, headers })
    expect(outcome(reply)).toBe('413 body-too-large')
  })

  it('one device cannot speak as another, whatever it says, and changes nothing', async () => {
    await bob.says({ MessageType: 'SetBootstrapToken', ...bob.keys, BootstrapToken: Buffer.from('secret of Bob') })
    const before = [await world.admin('get-enrollment', { params: { id: bob.id } }), await pinsOf(bob)]
    const counted = await proofs('identity-mismatch')
    const replies: RawReply[] = []
    for (const message of [authenticate(bob.keys), ...everyMessage(bob.keys)])
      replies.push(await bob.says(message, ann.pair))
    expect(replies.map(outcome)).toEqual(replies.map(() => 'identity-mismatch'))
    for (const { body } of replies) {
      expect(body).not.toContain(Buffer.from('secret of Bob').toString('base64'))
      expect(body).not.toContain(ann.id)
    }
    expect(await proofs('identity-mismatch')).toBe(counted + replies.length)
    expect([await world.admin('get-enrollment', { params: { id: bob.id } }), await pinsOf(bob)]).toEqual(before)
    const kept = await bob.says({ MessageType: 'GetBootstrapToken', ...bob.keys })
    expect(kept.body).toContain(Buffer.from('secret of Bob').toString('base64'))
  })

  it('one device cannot speak as a user of another', async () => {
    for (const user of [
      { ...bob.keys, UserID: 'USER' },
      { ...bob.keys, UserID: 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', UserShortName: 'bob' },
    ])
      for (const message of everyMessage(user))
        expect(outcome(await say(world.url, user, message, { by: ann.pair }))).toBe('identity-mismatch')
  })

  it('an id that only looks like another one gets nothing of it', async () => {
    for (const UDID of [`${bob.id}:`, bob.id.toLowerCase(), ` ${bob.id}`, `${bob.id}\u2028`, `${bob.id}:USER`]) {
      expect((await say(world.url, { UDID }, tokens({ UDID }), { by: bob.pair })).status).toBe(400)
      if (UDID === bob.id.toLowerCase()) continue
      expect(
        (await say(world.url, { UDID }, authenticate({ UDID }), { by: await ca.issue('look-alike') })).status,
      ).toBe(400)
    }
    const both = { UDID: ann.id, EnrollmentID: bob.id }
    expect((await say(world.url, both, tokens(both), { by: ann.pair })).status).toBe(400)
  })

  it("a stranger's certificate from the same authority is nobody's, and cannot become another's", async () => {
    const stranger = await ca.issue('STRANGER')
    expect(outcome(await bob.says(authenticate(bob.keys), stranger))).toBe('identity-taken')
    for (const message of everyMessage(bob.keys))
      expect(outcome(await bob.says(message, stranger))).toBe('identity-unpinned')
    expect(outcome(await bob.says(tokens(bob.keys)))).toBe('accepted')
    expect(await pinsOf(bob)).toEqual(['current'])
  })

  it('a device cannot enroll as a second one with the same certificate', async () => {
    const twin = await speaker('TWIN', ann.pair)
    expect(outcome(await twin.says(authenticate(twin.keys)))).toBe('identity-mismatch')
    expect(await world.server.services.store.read.channel(twin.id)).toBeUndefined()
  })

  it('a certificate that was issued for one device enrolls no other one', async () => {
    const meant = await issuedFor('SPEAKER-MEANT', 'meant')
    const thief = await speaker('THIEF', meant)
    expect(outcome(await thief.says(authenticate(thief.keys)))).toBe('identity-mismatch')
    expect(outcome(await bob.says(tokens(bob.keys), meant))).toBe('identity-mismatch')
    await enrolled('MEANT', meant)
  })

  it('of many who try to be one new device at once, on two nodes, one is taken', async () => {
    const config = { listen: '127.0.0.1:0', database: world.database, deviceCa: ca.file, logLevel: 'silent' }
    const other = database === 'sqlite' ? null : await startServer(readConfig(config, TOKEN, MASTER_KEY))
    const urls = [world.url, other?.url ?? world.url]
    try {
      const keys = { UDID: 'SPEAKER-RACED' }
      const pairs = await Promise.all(Array.from({ length: 12 }, (_, index) => ca.issue(`racer ${index}`)))
      const send = (by: KeyPair, index: number, who: IdentityKeys) =>
        say(urls[index % 2] ?? world.url, who, authenticate(who), { by }).then(outcome)
      const asOne = await Promise.all(pairs.map((pair, index) => send(pair, index, keys)))
      expect(asOne.filter((word) => word === 'accepted')).toHaveLength(1)
      expect(new Set(asOne)).toEqual(new Set(['accepted', 'identity-taken']))
      const single = await ca.issue('one of many')
      const asMany = await Promise.all(pairs.map((_, index) => send(single, index, { UDID: `SPEAKER-MANY-${index}` })))
      expect(asMany.filter((word) => word === 'accepted')).toHaveLength(1)
      expect(new Set(asMany)).toEqual(new Set(['accepted', 'identity-mismatch']))
    } finally {
      await other?.close()
    }
  })

  it('a signature that was made for something else is refused, and so is one that was tampered with', async () => {
    const body = encodeCheckIn(tokens(bob.keys))
    const good = createMdmSignature(body, bob.pair, Date.now())
    const put = (sent: Uint8Array, signature: string) =>
      sendRaw(world.url, sent, { path: '/mdm/checkin', type: CHECK_IN, headers: { 'mdm-signature': signature } })
    expect(outcome(await put(body, good))).toBe('accepted')
    const others = [
      encodeCheckIn(everyMessage(bob.keys)[3] as CheckIn),
      encodeCheckIn(tokens(ann.keys)),
      Buffer.concat([body, Buffer.from('\n')]),
      body.subarray(0, -1),
      new Uint8Array(),
    ]
    for (const other of others) expect(outcome(await put(other, good))).toBe('identity-proof-broken')
    for (const signature of [
      'AAAA',
      'not base64!',
      good.slice(4),
      good.slice(0, -4),
      `${good},${good}`,
      `${good}, ${good}`,
      good.replace(/^./, (first) => (first === 'M' ? 'N' : 'M')),
      encodeBase64(Buffer.from(good, 'base64').map((octet, at, all) => (at === all.length - 9 ? octet ^ 1 : octet))),
    ])
      expect(outcome(await put(body, signature))).toBe('identity-proof-broken')
    const twice = await sendRaw(world.url, body, {
      path: '/mdm/checkin',
      type: CHECK_IN,
      headers: { 'mdm-signature': [good, good] },
    })
    expect(outcome(twice)).toBe('identity-proof-broken')
  })

  it('a replay on another URL is no message there', async () => {
    const body = encodeCheckIn(everyMessage(bob.keys)[2] as CheckIn)
    const headers = signed(body, bob.pair)
    expect((await sendRaw(world.url, body, { path: '/mdm/connect', headers })).status).toBe(400)
    const idle = encodeConnect({ ...bob.keys, Status: 'Idle' })
    const replayed = await sendRaw(world.url, idle, { path: '/mdm/checkin', headers: signed(idle, bob.pair) })
    expect(replayed.status).toBe(400)
  })

  it('certificates that nobody stands behind, or for other things, or of another time, are refused', async () => {
    const other = await testAuthority('Device CA')
    const old = await testAuthority('Old', Date.now() - 20 * day)
    const bad: Record<string, KeyPair> = {
      'of another authority by the same name': await other.issue('BOB'),
      expired: await ca.issue('BOB', { now: Date.now(), days: 0.0000001 }),
      'for servers': await ca.issue('BOB', { forServers: true }),
      'the authority itself': ca,
      'another authority itself': old,
    }
    for (const [what, pair] of Object.entries(bad)) {
      expect(outcome(await bob.says(tokens(bob.keys), pair)), what).toBe('identity-untrusted')
      const fresh = { UDID: 'SPEAKER-FRESH' }
      expect(outcome(await say(world.url, fresh, authenticate(fresh), { by: pair })), what).toBe('identity-untrusted')
    }
    await other.remove()
    await old.remove()
  })

  it('signatures that devices do not make are refused: attached, and by SHA-1', async () => {
    const body = encodeCheckIn(tokens(bob.keys))
    const attached = encodeBase64(createSignedData(body, { signer: bob.pair, signingTime: Date.now() }))
    const headers = { 'mdm-signature': attached }
    const strict = await sendRaw(world.url, body, { path: '/mdm/checkin', type: CHECK_IN, headers })
    expect(outcome(strict)).toBe('identity-proof-broken')
    const lenient = await openWorld(database, {
      insecureDevices: false,
      options: { deviceCa: ca.file, lenientSignatures: true },
    })
    const first = encodeCheckIn(authenticate(bob.keys))
    const taken = encodeBase64(createSignedData(first, { signer: bob.pair, signingTime: Date.now() }))
    const put = (sent: Uint8Array) =>
      sendRaw(lenient.url, sent, { path: '/mdm/checkin', type: CHECK_IN, headers: { 'mdm-signature': taken } })
    expect(outcome(await put(first))).toBe('accepted')
    expect(outcome(await put(body))).toBe('identity-proof-broken')
    await lenient.close()
  })

  it('a device that left is nobody by its old certificate, and may come back with another', async () => {
    const leaver = await enrolled('LEAVER')
    const user = { ...leaver.keys, UserID: 'USER' }
    await say(world.url, user, updateToken(user), { by: leaver.pair })
    expect(
      outcome(await say(world.url, user, { MessageType: 'CheckOut', ...user, Topic: 'x' }, { by: leaver.pair })),
    ).toBe('accepted')
    expect(await pinsOf(leaver)).toEqual(['current'])
    expect(outcome(await leaver.says({ MessageType: 'CheckOut', ...leaver.keys, Topic: 'x' }))).toBe('accepted')
    for (const message of [authenticate(leaver.keys), ...everyMessage(leaver.keys)])
      expect(outcome(await leaver.says(message))).toBe('identity-revoked')
    expect(outcome(await say(world.url, user, tokens(user), { by: leaver.pair }))).toBe('identity-revoked')
    const twin = await speaker('LEAVER-TWIN', leaver.pair)
    expect(outcome(await twin.says(authenticate(twin.keys)))).toBe('identity-mismatch')
    await enrolled('LEAVER', await ca.issue('LEAVER again'))
    expect(await pinsOf(leaver)).toEqual(['checked-out', 'current'])
  })

  it('a renewed certificate is taken at Authenticate, both hold until it is used, then the old one is none', async () => {
    const device = await enrolled('RENEWS')
    const renewed = await issuedFor(device.id, 'renewed')
    expect(outcome(await device.says(authenticate(device.keys), renewed))).toBe('accepted')
    expect(await pinsOf(device)).toEqual(['current', 'next'])
    expect(outcome(await device.says(updateToken(device.keys)))).toBe('accepted')
    expect(await pinsOf(device)).toEqual(['current', 'next'])
    const broken = sendRaw(world.url, '<plist', {
      path: '/mdm/checkin',
      type: CHECK_IN,
      headers: signed('<plist', renewed),
    })
    expect((await broken).status).toBe(400)
    expect(await pinsOf(device)).toEqual(['current', 'next'])
    expect(outcome(await device.says(updateToken(device.keys), renewed))).toBe('accepted')
    expect(await pinsOf(device)).toEqual(['superseded', 'current'])
    expect(outcome(await device.says(tokens(device.keys)))).toBe('identity-revoked')
    expect(outcome(await device.says(tokens(device.keys), renewed))).toBe('accepted')
  })

  it('a renewed certificate is taken without an Authenticate too, and the last of several stands', async () => {
    const device = await enrolled('RENEWS-2')
    const [first, second] = [await issuedFor(device.id, 'lost'), await issuedFor(device.id, 'second')]
    expect(outcome(await device.says(authenticate(device.keys), first))).toBe('accepted')
    expect(outcome(await device.says('idle', second))).toBe('accepted')
    expect(await pinsOf(device)).toEqual(['superseded', 'superseded', 'current'])
    for (const pair of [device.pair, first])
      expect(outcome(await device.says(tokens(device.keys), pair))).toBe('identity-revoked')
    expect(outcome(await device.says(tokens(device.keys), second))).toBe('accepted')
  })

  it('a certificate issued for a device before it left is none afterwards; one that is issued later brings it back', async () => {
    const device = await enrolled('GONE')
    const before = await issuedFor(device.id, 'before')
    await device.says({ MessageType: 'CheckOut', ...device.keys, Topic: 'x' })
    for (const message of [authenticate(device.keys), tokens(device.keys), 'idle'] as const)
      expect(outcome(await device.says(message, before))).toBe('identity-revoked')
    const after = await issuedFor(device.id, 'after')
    expect(outcome(await device.says(tokens(device.keys), after))).toBe('identity-unpinned')
    expect(outcome(await device.says(authenticate(device.keys), after))).toBe('accepted')
  })

  it('an administrator revokes a device and its users at once; it may enroll again with another certificate', async () => {
    const device = await enrolled('LOST')
    const user = { ...device.keys, UserID: 'USER' }
    await say(world.url, user, updateToken(user), { by: device.pair })
    const prepared = await issuedFor(device.id, 'prepared')
    const revoked = await world.admin('revoke-enrollment', {
      params: { id: device.id },
      body: { why: 'lost in a train' },
    })
    expect(revoked).toEqual({ enrollment: device.id, certificates: 1 })
    for (const message of [authenticate(device.keys), ...everyMessage(device.keys)])
      expect(outcome(await device.says(message))).toBe('identity-revoked')
    expect(outcome(await say(world.url, user, 'idle', { by: device.pair }))).toBe('identity-revoked')
    expect(outcome(await device.says(authenticate(device.keys), prepared))).toBe('identity-revoked')
    const { items } = await world.admin('list-audit')
    expect(items[0]).toMatchObject({
      action: 'revoke-enrollment',
      target: `enrollments/${device.id}/revoke`,
      detail: { why: 'lost in a train', certificates: 1 },
    })
    await enrolled('LOST', await ca.issue('LOST again'))
    const { certificates } = await world.admin('get-enrollment', { params: { id: device.id } })
    expect(certificates?.map(({ state, why }) => [state, why])).toEqual([
      ['revoked', 'lost in a train'],
      ['current', null],
    ])
    expect(certificates?.[0]?.fingerprint).toBe(device.pair.certificate.fingerprint)
  })

  it('a certificate that was revoked on one node is refused by another at once', async () => {
    const device = await enrolled('TWO-NODES')
    const config = { listen: '127.0.0.1:0', database: world.database, deviceCa: ca.file, logLevel: 'silent' }
    const other = database === 'sqlite' ? null : await startServer(readConfig(config, TOKEN, MASTER_KEY))
    const there = () =>
      say(other?.url ?? world.url, device.keys, tokens(device.keys), { by: device.pair }).then(outcome)
    expect(await there()).toBe('accepted')
    await world.admin('revoke-enrollment', { params: { id: device.id } })
    expect(await there()).toBe('identity-revoked')
    await other?.close()
  })

  it('revoking what is not there is refused, and what has no certificate changes nothing', async () => {
    expect(await world.admin.refused('revoke-enrollment', { params: { id: 'NOBODY' } })).toMatchObject({
      code: 'enrollment-missing',
    })
    const device = await enrolled('TWICE-LOST')
    await world.admin('revoke-enrollment', { params: { id: device.id } })
    const again = await world.admin('revoke-enrollment', { params: { id: device.id }, body: { why: 'again' } })
    expect(again.certificates).toBe(0)
    expect(await pinsOf(device)).toEqual(['by command'])
  })

  it('headers in which others tell certificates say nothing here', async () => {
    const told = `:${encodeBase64(bob.pair.certificate.der)}:`
    const escaped = encodeURIComponent(bob.pair.certificate.x509.toString())
    const spoofed = {
      'client-cert': told,
      client_cert: told,
      'ssl-client-escaped-cert': escaped,
      'x-ssl-client-cert': escaped,
      'x-forwarded-client-cert': told,
      'x-forwarded-for': '127.0.0.1',
      forwarded: 'for=127.0.0.1',
    }
    const reply = await say(world.url, bob.keys, tokens(bob.keys), { headers: spoofed })
    expect(outcome(reply)).toBe('identity-unproved')
    const beside = await say(world.url, bob.keys, tokens(bob.keys), { by: ann.pair, headers: spoofed })
    expect(outcome(beside)).toBe('identity-mismatch')
  })

  it('the clock of a device does not matter, for many are wrong', async () => {
    const body = encodeCheckIn(tokens(bob.keys))
    for (const at of [0, Date.now() - 400 * day, Date.now() + 400 * day]) {
      const headers = { 'mdm-signature': createMdmSignature(body, bob.pair, at) }
      expect(outcome(await sendRaw(world.url, body, { path: '/mdm/checkin', type: CHECK_IN, headers }))).toBe(
        'accepted',
      )
    }
  })
})
