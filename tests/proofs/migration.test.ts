import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EndpointBody, EndpointResponse, EnrollmentRow } from '@edict/api'
import { type Device, systemClock, type Transport } from '@edict/device'
import type { KeyPair } from '@edict/pki'
import type { CheckIn, IdentityKeys } from '@edict/protocol'
import { readConfig, startServer } from '@edict/server'
import { httpTransport, invitedProfile } from '@edict/simulator'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admin, TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { type TestAuthority, testAuthority } from '../harness/identities.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { identityFor } from '../harness/proof-by-hand.ts'
import { sendRaw } from '../harness/raw.ts'
import { authenticate, everyMessage, outcome, say, TOPIC, tokens, updateToken } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

const day = 86_400_000
const secret = Buffer.from('nobody may read this in a log')

type Answers = EndpointResponse<'import-enrollments'>
type Row = Partial<EnrollmentRow>

/** What another server would say of a device. */
function rowOf(UDID: string, by: KeyPair | null, more: Row = {}): Row {
  return {
    UDID,
    Topic: TOPIC,
    Token: Buffer.from(`token of ${UDID}`).toString('base64'),
    PushMagic: 'magic',
    ProductName: 'iPad13,1',
    OSVersion: '26.1',
    ...(by === null ? {} : { certificateHash: by.certificate.fingerprint }),
    ...more,
  }
}

function importRows(admin: Admin, rows: readonly unknown[], more: Row | object = {}): Promise<Answers> {
  return admin('import-enrollments', { body: { rows, ...more } as EndpointBody<'import-enrollments'> })
}

const told = ({ items }: Answers) => items.map(({ result, code }) => code ?? result)

describe.each(databases)('a fleet that moves to another server, on %s', (database) => {
  let folder: string
  let first: World
  let second: World
  let fleet: readonly Device[]
  let rows: readonly EnrollmentRow[]
  let passed = 0
  const now = () => Date.now() + passed
  const clock = { now, schedule: (at: number, run: () => void) => systemClock.schedule(at - passed, run) }

  const exported = async (admin: Admin) => (await admin('export-enrollments', { query: { limit: 1000 } })).items
  const certificatesOf = async ({ id }: Device) =>
    (await second.admin('get-enrollment', { params: { id } })).certificates?.map(({ state, why }) => why ?? state)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-move-'))
    first = await openWorld(database, { insecureDevices: false, now })
    let line = httpTransport(first.url)
    // Connections end with the server that they lead to.
    const transport: Transport = {
      checkIn: (...given) => line.checkIn(...given),
      connect: (...given) => line.connect(...given),
      fetch: (...given) => line.fetch(...given),
      post: (...given) => line.post(...given),
    }
    const mac = { kind: 'mac', users: ['ada'] }
    const made = [{ kind: 'ipad' }, { kind: 'iphone' }, mac].map((options, index) =>
      first.make({
        ...(options as { kind: 'ipad' }),
        seed: `moves ${database} ${index}`,
        clock,
        transport,
      }),
    )
    for (const device of made)
      await device.enroll(await invitedProfile((await first.admin('create-invitation', { body: {} })).link))
    fleet = made
    // Who is in the middle of something would try again for half a minute.
    for (const device of made) await first.inSync(device)
    rows = await exported(first.admin)
    const { items } = await first.admin('list-authorities')
    const file = join(folder, 'old-ca.pem')
    await writeFile(file, items.map(({ pem }) => pem).join(''))
    await first.stop()
    // The same address; what it calls itself is another one, which devices would not take from a profile.
    const { port } = new URL(first.url)
    const options = { listen: `127.0.0.1:${port}`, deviceCa: file, url: `http://localhost:${port}` }
    second = await openWorld(database, { insecureDevices: false, now, options })
    line = httpTransport(first.url)
  })
  afterAll(async () => {
    for (const device of fleet) device.stop()
    await second.close()
    await rm(folder, { recursive: true })
  })

  it('is told in rows that the other server takes, devices before their users', async () => {
    expect(rows.map(({ UDID }) => UDID)).toEqual(expect.arrayContaining(fleet.map(({ id }) => id)))
    expect(told(await importRows(second.admin, rows))).toEqual(rows.map(() => 'imported'))
    const listed = (await second.admin('list-enrollments')).items
    expect(listed).toHaveLength(rows.length)
    for (const one of listed)
      expect(one).toMatchObject({ state: 'enrolled', enabled: false, behind: true, imported: { seenAt: null } })
  })

  it('goes on without enrolling again, and gets its declarations', async () => {
    await putSet(second.admin, 'moved', {
      'moved.test': testConfiguration('moved'),
      'moved.activation': activation(['moved.test']),
    })
    for (const device of fleet) {
      await giveSet(second.admin, 'moved', device.id)
      await device.connect()
      await device.settled()
      await eventually(`${device.id} holds what it should`, async () => {
        const { items } = await second.admin('get-conditions', { params: { id: device.id } })
        return items.length > 0 && items.every(({ condition }) => condition === 'in-force')
      })
      const enrollment = await second.admin('get-enrollment', { params: { id: device.id } })
      expect(enrollment).toMatchObject({ imported: { renewable: true }, behind: false, warnings: [] })
      expect(enrollment.imported?.seenAt).not.toBeNull()
      expect(await certificatesOf(device)).toEqual(['current'])
    }
    const { items } = await second.admin('list-audit', { query: { limit: 1000 } })
    const pinned = items.filter(({ action }) => action === 'pinned')
    expect(pinned.map(({ target }) => target).sort()).toEqual(fleet.map(({ id }) => `enrollments/${id}`).sort())
    expect(pinned[0]).toMatchObject({ actor: 'device', detail: { by: 'certificateHash' } })
  })

  it('is imported again without any change', async () => {
    expect(told(await importRows(second.admin, rows))).toEqual(rows.map(() => 'unchanged'))
  })

  it('can move back: what is exported says the same as before', async () => {
    expect(await exported(second.admin)).toEqual(rows)
  })

  it('renews its identities by profiles that say what the first ones said', async () => {
    const [device] = fleet
    if (device === undefined) throw new Error('no fleet')
    passed = 280 * day
    await device.connect()
    await device.settled()
    await device.connect()
    await device.settled()
    await eventually('the old certificate is superseded', async () =>
      ((await certificatesOf(device)) ?? []).includes('superseded'),
    )
    const [fingerprint] = (await second.admin('get-enrollment', { params: { id: device.id } })).certificates
      ?.filter(({ state }) => state === 'current')
      .map((one) => one.fingerprint) ?? ['']
    expect(await second.server.services.store.read.certificate(fingerprint ?? '')).toMatchObject({
      enrollment: device.id,
    })
  })
})

describe.each(databases)('who is believed of those that were imported, on %s', (database) => {
  let world: World
  let ca: TestAuthority
  let serial = 0
  beforeAll(async () => {
    ca = await testAuthority('Old CA')
    const options = { deviceCa: ca.file, topic: TOPIC, devicePath: '/old/server,/checkin' }
    world = await openWorld(database, { insecureDevices: false, options })
  })
  afterAll(async () => {
    await world.close()
    await ca.remove()
  })

  interface Moved {
    readonly keys: { readonly UDID: string }
    readonly id: string
    readonly pair: KeyPair
    says(message: CheckIn | 'idle', by?: KeyPair): Promise<string>
  }

  /** A device that was imported, with the hash of its certificate or without. */
  const moved = async (how: 'by-hash' | 'first-contact' = 'by-hash', more: Row = {}): Promise<Moved> => {
    serial += 1
    const UDID = `MOVED-${serial}`
    const pair = await ca.issue(`moved ${serial}`)
    const answers = await importRows(world.admin, [rowOf(UDID, how === 'by-hash' ? pair : null, more)], {
      trustFirstContact: how === 'first-contact',
    })
    expect(told(answers)).toEqual(['imported'])
    const says: Moved['says'] = async (message, by = pair) => outcome(await say(world.url, { UDID }, message, { by }))
    return { keys: { UDID }, id: UDID, pair, says }
  }
  const pinsOf = async ({ id }: Pick<Moved, 'id'>) =>
    (await world.server.services.store.read.pinsOf(id)).map(({ fingerprint }) => fingerprint)

  it('exactly the certificate that was imported speaks for a device, and no other, in any message', async () => {
    const ann = await moved()
    const stranger = await ca.issue('stranger')
    for (const message of everyMessage(ann.keys)) expect(await ann.says(message, stranger)).toBe('identity-mismatch')
    expect(await ann.says(authenticate(ann.keys), stranger)).toBe('identity-taken')
    expect(await pinsOf(ann)).toEqual([])
    expect(await ann.says('idle')).toBe('accepted')
    expect(await pinsOf(ann)).toEqual([ann.pair.certificate.fingerprint])
    expect(await ann.says(tokens(ann.keys), stranger)).toBe('identity-unpinned')
  })

  it('a certificate that leads nowhere speaks for nobody, whatever was imported', async () => {
    const other = await testAuthority('Old CA')
    const pair = await other.issue('moved')
    await importRows(world.admin, [rowOf('MOVED-NOWHERE', pair)])
    const keys = { UDID: 'MOVED-NOWHERE' }
    expect(outcome(await say(world.url, keys, 'idle', { by: pair }))).toBe('identity-untrusted')
    await other.remove()
  })

  it('one imported device cannot speak as another, heard of or not', async () => {
    const [ann, bob, any] = [await moved(), await moved(), await moved('first-contact')]
    for (const victim of [bob, any])
      for (const message of everyMessage(victim.keys))
        expect(await victim.says(message, ann.pair)).toBe('identity-mismatch')
    expect(await any.says(authenticate(any.keys), ann.pair)).toBe('identity-mismatch')
    expect(await ann.says('idle')).toBe('accepted')
    expect(await any.says('idle', ann.pair)).toBe('identity-mismatch')
    const fresh = { UDID: 'MOVED-FRESH' }
    expect(outcome(await say(world.url, fresh, authenticate(fresh), { by: bob.pair }))).toBe('identity-mismatch')
  })

  it('without a hash the first certificate of the old authority is taken, once', async () => {
    const any = await moved('first-contact')
    const second = await ca.issue('second')
    expect(await any.says(tokens(any.keys))).toBe('accepted')
    for (const message of everyMessage(any.keys)) expect(await any.says(message, second)).toBe('identity-unpinned')
    expect(await pinsOf(any)).toEqual([any.pair.certificate.fingerprint])
    const { items } = await world.admin('list-audit', { query: { limit: 1 } })
    expect(items[0]).toMatchObject({
      action: 'pinned',
      target: `enrollments/${any.id}`,
      detail: { by: 'first-contact' },
    })
  })

  it('without a hash no certificate is taken that names another device, or that this server issued', async () => {
    const bob = await moved('by-hash', { SerialNumber: 'C02SERIALBOB' })
    const any = await moved('first-contact', { SerialNumber: 'C02SERIALANY' })
    for (const name of [`MDM Identity (${bob.id})`, 'device c02serialbob'])
      expect(await any.says('idle', await ca.issue(name))).toBe('identity-mismatch')
    const ours = await identityFor('MOVED-SOMEBODY', world.admin, world.server)
    expect(await any.says('idle', ours)).toBe('identity-mismatch')
    expect(await any.says('idle', await ca.issue('device C02SERIALANY'))).toBe('accepted')
  })

  it('of many certificates at once, on two nodes, one is taken', async () => {
    const config = { listen: '127.0.0.1:0', database: world.database, deviceCa: ca.file, topic: TOPIC }
    const silent = { log: pino({ level: 'silent' }), authorityKey }
    const other = database === 'sqlite' ? null : await startServer(readConfig(config, TOKEN, MASTER_KEY), silent)
    try {
      const any = await moved('first-contact')
      const pairs = await Promise.all(Array.from({ length: 12 }, (_, index) => ca.issue(`racer ${index}`)))
      const said = await Promise.all(
        pairs.map(async (by, index) => {
          const url = index % 2 === 0 ? world.url : (other?.url ?? world.url)
          return outcome(await say(url, any.keys, index % 3 === 0 ? authenticate(any.keys) : 'idle', { by }))
        }),
      )
      expect(said.filter((word) => word === 'accepted')).toHaveLength(1)
      expect(said.filter((word) => !/^(accepted|identity-(unpinned|taken|mismatch))$/.test(word))).toEqual([])
      expect(await pinsOf(any)).toHaveLength(1)
    } finally {
      await other?.close()
    }
  })

  it('users speak by the certificate of their device, and can be the first to', async () => {
    const mac = await moved('by-hash', { ProductName: 'Mac15,12' })
    const user: IdentityKeys = { ...mac.keys, UserID: 'USER-1', UserShortName: 'ada' }
    const row = { ...user, Topic: TOPIC, Token: 'abcd', PushMagic: 'magic' }
    expect(told(await importRows(world.admin, [row]))).toEqual(['imported'])
    expect(outcome(await say(world.url, user, 'idle', { by: await ca.issue('x') }))).toBe('identity-mismatch')
    expect(outcome(await say(world.url, user, 'idle', { by: mac.pair }))).toBe('accepted')
    expect(await pinsOf(mac)).toHaveLength(1)
    expect(await mac.says(tokens(mac.keys))).toBe('accepted')
  })

  it('who was revoked before the first contact is believed by nothing', async () => {
    for (const device of [await moved(), await moved('first-contact')]) {
      await world.admin('revoke-enrollment', { params: { id: device.id }, body: {} })
      expect(await device.says('idle')).toBe('identity-unpinned')
    }
  })

  it('a device that was erased comes back by an invitation for it, as every other one', async () => {
    const lost = await moved()
    const ours = await identityFor(lost.id, world.admin, world.server)
    expect(await lost.says(authenticate(lost.keys), ours)).toBe('accepted')
    expect(await lost.says(updateToken(lost.keys), ours)).toBe('accepted')
    expect(await lost.says('idle')).toBe('identity-unpinned')
    expect(await world.admin('get-enrollment', { params: { id: lost.id } })).not.toHaveProperty('imported')
  })

  it('a device that begins anew by its old profile keeps what that says', async () => {
    const again = await moved('by-hash', TERMS('https://old.example/mdm'))
    for (const message of [authenticate(again.keys), updateToken(again.keys)])
      expect(await again.says(message)).toBe('accepted')
    const { imported, ...enrollment } = await world.admin('get-enrollment', { params: { id: again.id } })
    expect(enrollment).toMatchObject({ state: 'enrolled', warnings: [] })
    expect(imported).toMatchObject({ renewable: true, seenAt: expect.any(String), identityEnds: expect.any(String) })
    const { items } = await world.admin('export-enrollments', { query: { limit: 1000 } })
    expect(items.find(({ UDID }) => UDID === again.id)).toMatchObject(TERMS('https://old.example/mdm'))
  })

  it('devices find the paths of the server before, told apart by what they say', async () => {
    const ann = await moved()
    for (const path of ['/old/server', '/checkin', '/mdm'])
      for (const message of ['idle', tokens(ann.keys)] as const) {
        const reply = await say(world.url, ann.keys, message, { by: ann.pair, path })
        expect(outcome(reply), path).toBe('accepted')
      }
    expect((await sendRaw(world.url, 'x', { path: '/old/server' })).status).toBe(400)
    expect((await sendRaw(world.url, 'x', { path: '/old/other' })).status).toBe(404)
  })

  it('says of a device that its topic is another one, and that its identity ends and cannot be renewed', async () => {
    const ends = await ca.issue('ends soon', { days: 30 })
    await importRows(world.admin, [rowOf('MOVED-ENDS', ends, { Topic: 'com.apple.mgmt.External.other' })])
    const keys = { UDID: 'MOVED-ENDS' }
    expect(outcome(await say(world.url, keys, 'idle', { by: ends }))).toBe('accepted')
    expect(await world.admin('get-enrollment', { params: { id: 'MOVED-ENDS' } })).toMatchObject({
      warnings: ['topic-differs', 'identity-ends'],
      imported: { renewable: false },
    })
    expect((await world.admin('list-commands', { params: { id: 'MOVED-ENDS' } })).items).toEqual([])
  })

  it('what enrolled here is never overwritten, and what was imported only until it is heard of', async () => {
    const native = { keys: { UDID: 'MOVED-NATIVE' }, pair: await ca.issue('native') }
    for (const message of [authenticate(native.keys), updateToken(native.keys)])
      expect(outcome(await say(world.url, native.keys, message, { by: native.pair }))).toBe('accepted')
    const before = await world.admin('get-enrollment', { params: { id: 'MOVED-NATIVE' } })
    const user = { ...native.keys, UserID: 'U', Topic: TOPIC, Token: 'ab', PushMagic: 'm' }
    expect(told(await importRows(world.admin, [rowOf('MOVED-NATIVE', native.pair), user]))).toEqual([
      'enrollment-exists',
      'device-missing',
    ])
    expect(await world.admin('get-enrollment', { params: { id: 'MOVED-NATIVE' } })).toEqual(before)

    const ann = await moved()
    const renewed = await ca.issue('renewed meanwhile')
    expect(told(await importRows(world.admin, [rowOf(ann.id, renewed)]))).toEqual(['imported'])
    expect(await ann.says('idle')).toBe('identity-mismatch')
    expect(await ann.says('idle', renewed)).toBe('accepted')
    expect(told(await importRows(world.admin, [rowOf(ann.id, renewed)]))).toEqual(['unchanged'])
    expect(told(await importRows(world.admin, [rowOf(ann.id, ann.pair)]))).toEqual(['enrollment-exists'])
  })

  it('a device that left comes back by an import, in a new period', async () => {
    const ann = await moved()
    expect(await ann.says({ MessageType: 'CheckOut', ...ann.keys, Topic: TOPIC })).toBe('accepted')
    expect(told(await importRows(world.admin, [rowOf(ann.id, ann.pair)]))).toEqual(['certificate-taken'])
    const other = await ca.issue('enrolled elsewhere')
    expect(told(await importRows(world.admin, [rowOf(ann.id, other)]))).toEqual(['imported'])
    expect(await ann.says('idle')).toBe('identity-revoked')
    expect(await ann.says('idle', other)).toBe('accepted')
  })

  it.each<[string, unknown, object]>([
    ['no object', 7, { code: 'row-malformed' }],
    ['no token', { ...rowOf('R', null), Token: undefined }, { code: 'row-malformed' }],
    ['a token of another type', { ...rowOf('R', null), Token: 7 }, { code: 'row-malformed', at: '/Token', found: 7 }],
    ['a token that is no base64', rowOf('R', null, { Token: 'a*b' }), { at: '/Token', found: 'a*b' }],
    ['a key that nobody knows', { ...rowOf('R', null), IMEI: '1' }, { code: 'row-malformed' }],
    ['a topic that is none', rowOf('R', null, { Topic: 'org.example' }), { at: '/Topic', found: 'org.example' }],
    ['two ids', rowOf('R', null, { EnrollmentID: 'E' }), { code: 'row-identity' }],
    ['an id with a colon', rowOf('R:U', null), { code: 'row-identity', at: '/UDID' }],
    ['a hash that is none', rowOf('R', null, { certificateHash: 'ab' }), { at: '/certificateHash', found: 'ab' }],
    ['no hash', rowOf('R', null), { code: 'certificate-hash-missing', at: '/certificateHash' }],
    [
      'half of what its profile says',
      rowOf('R', null, { ServerURL: 'https://x.example' }),
      { code: 'terms-incomplete' },
    ],
    ['a URL that is none', rowOf('R', null, TERMS('mdm')), { at: '/ServerURL', found: 'mdm' }],
    ['a user without its device', { ...USER('R') }, { code: 'device-missing', found: 'R' }],
    ['a user with a certificate', { ...USER('R'), certificateHash: 'ab'.repeat(32) }, { at: '/certificateHash' }],
  ])('a row with %s is refused, and its neighbours are imported', async (name, row, refusal) => {
    const ids = [`MOVED-BEFORE ${name}`, `MOVED-AFTER ${name}`]
    const neighbours = await Promise.all(ids.map(async (id) => rowOf(id, await ca.issue(id))))
    const { items } = await importRows(world.admin, [neighbours[0], row, neighbours[1]])
    expect(items.map(({ result }) => result)).toEqual(['imported', 'refused', 'imported'])
    expect(items[1]).toMatchObject(refusal)
    expect(items[1]).toMatchObject({ detail: expect.stringMatching(/^Cannot /), remedy: expect.any(String) })
  })

  it('a second row about the same device, or with the same certificate, is refused', async () => {
    const pair = await ca.issue('twice')
    const rows = [rowOf('MOVED-TWICE', pair), rowOf('MOVED-TWICE', await ca.issue('x')), rowOf('MOVED-THIRD', pair)]
    const expected = ['imported', 'row-repeated', 'certificate-taken']
    expect(told(await importRows(world.admin, rows))).toEqual(expected)
    expect(told(await importRows(world.admin, [rowOf('MOVED-FOURTH', pair)]))).toEqual(['certificate-taken'])
  })

  it('a dry run says the same and changes nothing', async () => {
    const ids = ['MOVED-DRY', 'MOVED-DRY:USER']
    const rows = [{ ...USER('MOVED-DRY') }, rowOf('MOVED-DRY', await ca.issue('dry'), { UnlockToken: 'ab' })]
    const audit = async () => (await world.admin('list-audit', { query: { limit: 1 } })).items[0]?.id
    const before = await audit()
    expect(told(await importRows(world.admin, rows, { dryRun: true }))).toEqual(['imported', 'imported'])
    expect(await audit()).toBe(before)
    for (const id of ids) expect(await world.server.services.store.read.channel(id)).toBeUndefined()
    expect(await world.server.services.store.read.awaited({ device: 'MOVED-DRY' })).toBeUndefined()
    expect(told(await importRows(world.admin, rows))).toEqual(['imported', 'imported'])
  })

  it('is one entry in the audit, with counts and without anything of the rows', async () => {
    const rows = [
      rowOf('MOVED-AUDIT', await ca.issue('audit'), { UnlockToken: secret.toString('base64') }),
      rowOf('MOVED-AUDIT-2', null),
    ]
    await importRows(world.admin, rows)
    const { items } = await world.admin('list-audit', { query: { limit: 1 } })
    expect(items[0]).toMatchObject({
      action: 'import-enrollments',
      detail: { imported: 1, unchanged: 0, refused: 1, trustFirstContact: false },
    })
    const said = JSON.stringify([items, await world.admin('export-enrollments', { query: { limit: 1000 } })])
    for (const form of ['base64', 'hex', 'utf8'] as const) expect(said).not.toContain(secret.toString(form))
  })

  it('gives a Mac the bootstrap token back that was imported with it', async () => {
    const mac = await moved('by-hash', { ProductName: 'Mac15,12', BootstrapToken: secret.toString('hex') })
    const reply = await say(world.url, mac.keys, { MessageType: 'GetBootstrapToken', ...mac.keys }, { by: mac.pair })
    expect(reply.body).toContain(secret.toString('base64'))
  })

  it('imported Shared iPads have their users, and are imported again without any change', async () => {
    const pair = await ca.issue('shared')
    const UserID = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'
    const user = { UDID: 'MOVED-SHARED', UserID, UserShortName: 'ada@school.example', Topic: TOPIC }
    const rows = [rowOf('MOVED-SHARED', pair), { ...user, Token: 'ab', PushMagic: 'm' }]
    expect(told(await importRows(world.admin, rows))).toEqual(['imported', 'imported'])
    const id = 'MOVED-SHARED:ada@school.example'
    expect(await world.admin('get-enrollment', { params: { id } })).toMatchObject({ sharedIPad: true })
    expect(await world.admin('get-enrollment', { params: { id: 'MOVED-SHARED' } })).toMatchObject({ sharedIPad: true })
    expect(told(await importRows(world.admin, rows))).toEqual(['unchanged', 'unchanged'])
  })

  it('pushes those that have not been heard of, when it is asked to', async () => {
    const ann = await moved()
    const pair = await ca.issue('wake')
    await importRows(world.admin, [rowOf('MOVED-WAKE', pair), rowOf(ann.id, ann.pair)], { wake: true })
    const pushed = ['MOVED-WAKE', ann.id].map((id) => Buffer.from(`token of ${id}`).toString('hex'))
    await eventually('both are pushed', async () => pushed.every((token) => world.pushes.includes(token)))
  })
})

function TERMS(ServerURL: string): Row {
  return { ServerURL, AccessRights: 8191, PayloadIdentifier: 'com.example.mdm' }
}

function USER(UDID: string) {
  return { UDID, UserID: 'USER', Topic: TOPIC, Token: 'abcd', PushMagic: 'magic' }
}

describe.each(databases)('what stands in profiles, on %s', (database) => {
  let world: World
  const [here, there] = ['https://mdm.example', 'https://other.example']
  const topic = 'com.apple.mgmt.External.first'
  beforeAll(async () => {
    world = await openWorld(database, { insecureDevices: false, options: { url: here, topic } })
  })
  afterAll(() => world.close())

  const start = async (options: Record<string, string | boolean>) => {
    const config = { listen: '127.0.0.1:0', database: world.database, ...options }
    const silent = { log: pino({ level: 'silent' }), authorityKey }
    await (await startServer(readConfig(config, TOKEN, MASTER_KEY), silent)).close()
  }

  it('cannot be changed while devices are enrolled that have it, but on purpose', async () => {
    const keys = { UDID: 'REACHED' }
    const by = await identityFor(keys.UDID, world.admin, world.server)
    const { link } = await world.admin('create-invitation', { body: {} })
    await fetch(link.replace(here, world.url), { method: 'POST' })
    const named = (message: CheckIn) => ({ ...message, Topic: topic }) as CheckIn
    for (const message of [authenticate(keys), updateToken(keys)])
      expect(outcome(await say(world.url, keys, named(message), { by }))).toBe('accepted')
    await world.stop()

    await expect(start({ url: there, topic })).rejects.toThrow(
      /^Cannot start with --url https:\/\/other\.example: 1 enrolled device has a profile with https:\/\/mdm\.example.*--accept-new-reach$/,
    )
    await expect(start({ url: here, topic: 'com.apple.mgmt.External.second' })).rejects.toThrow(
      /--topic com\.apple\.mgmt\.External\.second: 1 enrolled device/,
    )
    await start({ url: there, topic, acceptNewReach: true })
    // Nobody has the new one yet: back, without a word.
    await world.start()
    const { items } = await world.admin('list-audit', { query: { limit: 2 } })
    expect(items.map(({ action, detail }) => ({ action, detail }))).toEqual([
      { action: 'reach-changed', detail: expect.objectContaining({ to: { url: here, topic }, enrollments: 0 }) },
      { action: 'reach-changed', detail: expect.objectContaining({ to: { url: there, topic }, enrollments: 1 }) },
    ])
  })
})
