import { type CheckIn, encodeCheckIn, encodeConnect, type IdentityKeys } from '@edict/protocol'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { type RawReply, type RawRequest, sendRaw } from '../harness/raw.ts'
import { ipad, SHARED, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const CHECK_IN = 'application/x-apple-aspen-mdm-checkin'
const CONNECT = 'application/x-apple-aspen-mdm; charset=UTF-8'
const MEBIBYTE = 1024 * 1024

/** A device's request, byte for byte. */
function send(url: string, body: string | Uint8Array, sent: RawRequest = {}): Promise<RawReply> {
  const { path = '/mdm/checkin', type = CHECK_IN, ...others } = sent
  return sendRaw(url, body, { path, type, ...others })
}

const declarative = (keys: IdentityKeys, Endpoint: string, data = '') => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>MessageType</key><string>DeclarativeManagement</string>
${Object.entries(keys)
  .map(([key, value]) => `<key>${key}</key><string>${value}</string>`)
  .join('\n')}
<key>Endpoint</key><string>${Endpoint}</string>${data}</dict></plist>`

describe.each(databases)('the device face on %s', (database) => {
  let world: World
  let device: Wire
  const keys = { UDID: 'IPAD-FACE' }
  beforeAll(async () => {
    world = await openWorld(database)
    device = ipad(world.url, 'FACE')
    await device.enroll()
    await putSet(world.admin, 'face', { 'face.test': testConfiguration('face') })
    await giveSet(world.admin, 'face', device.id)
    await device.enable()
    await device.items()
  })
  afterAll(() => world.close())

  const refused = (reply: RawReply, status: number, code?: string) => {
    expect(reply.status).toBe(status)
    expect(reply.headers['content-type']).toMatch(/^application\/json/)
    expect(reply.headers['www-authenticate']).toBeUndefined()
    const said = JSON.parse(reply.body)
    expect(said.detail).toMatch(/^Cannot /)
    if (code !== undefined) expect(said.code).toBe(code)
    return said
  }

  it.each([
    ['nothing', ''],
    ['text', 'tokens, please'],
    ['JSON', '{"MessageType": "Authenticate"}'],
    ['a list that breaks off', '<plist version="1.0"><dict><key>MessageType</key>'],
    ['two roots', '<plist version="1.0"><dict/><dict/></plist>'],
    ['a root that is no dictionary', '<plist version="1.0"><array/></plist>'],
    ['a document type of its own', '<!DOCTYPE plist [<!ENTITY a "b">]><plist version="1.0"><dict/></plist>'],
    ['a binary list that breaks off', 'bplist00\u0001\u0002'],
    [
      'a MessageType that nobody sends',
      '<plist version="1.0"><dict><key>MessageType</key><string>Nope</string></dict></plist>',
    ],
    [
      'a message without its keys',
      '<plist version="1.0"><dict><key>MessageType</key><string>TokenUpdate</string></dict></plist>',
    ],
    [
      'a key of another type',
      '<plist version="1.0"><dict><key>MessageType</key><string>DeclarativeManagement</string><key>UDID</key><integer>1</integer></dict></plist>',
    ],
  ])('%s is malformed: 400 on every URL', async (_, body) => {
    refused(await send(world.url, body), 400)
    refused(await send(world.url, body, { path: '/mdm/connect', type: CONNECT }), 400)
    for (const type of [CHECK_IN, CONNECT, 'text/plain'])
      refused(await send(world.url, body, { path: '/mdm', type }), 400)
  })

  it('says where a property list is malformed', async () => {
    const said = refused(await send(world.url, '<plist version="1.0">\n<dict>\n<key>A</key></dict></plist>'), 400)
    expect(said.detail).toMatch(/line 3/)
  })

  it.each([
    '',
    '/',
    'tokens/',
    'Tokens',
    'tokens?a=b',
    '/tokens',
    'https://127.0.0.1/tokens',
    'https://example.com/declaration/configuration/face.test',
    '//example.com/tokens',
    '../tokens',
    'declaration-items/',
    'status/',
    'declaration',
    'declaration/',
    'declaration/configuration',
    'declaration/configuration/',
    'declaration/configuration/face.test/',
    'declaration/configuration/..',
    'declaration/configuration/../management/face.test',
    'declaration/../configuration/face.test',
    'declaration/configurations/face.test',
    'declaration/Configuration/face.test',
    'declaration/profile/face.test',
    'declaration//face.test',
  ])('Endpoint %j is 400', async (Endpoint) => {
    refused(await send(world.url, declarative(keys, Endpoint)), 400, Endpoint === '' ? 'key-empty' : 'endpoint-unknown')
  })

  it('an Endpoint that is longer than any identifier is 400, and the answer does not repeat it', async () => {
    const reply = await send(world.url, declarative(keys, `declaration/asset/${'x'.repeat(10_000)}`))
    refused(reply, 400, 'endpoint-unknown')
    expect(reply.body.length).toBeLessThan(2_000)
  })

  it('an identifier is taken raw: what only looks like another one is 404', async () => {
    expect((await send(world.url, declarative(keys, 'declaration/configuration/face.test'))).status).toBe(200)
    for (const identifier of ['face%2Etest', 'face.test%00', 'FACE.TEST', 'a/face.test', ' face.test'])
      refused(
        await send(world.url, declarative(keys, `declaration/configuration/${identifier}`)),
        404,
        'declaration-gone',
      )
  })

  it.each<[string, IdentityKeys]>([
    ['that never enrolled', { UDID: 'NOBODY' }],
    ['that never enrolled, as a user of a known device', { ...keys, UserID: 'NOBODY' }],
    ['that never enrolled, as a user of a Shared iPad', { ...keys, UserID: SHARED, UserShortName: 'nobody' }],
    ['that never enrolled, by EnrollmentID', { EnrollmentID: 'NOBODY' }],
  ])('a channel %s is 400 whatever it asks', async (_, who) => {
    for (const endpoint of ['tokens', 'declaration-items', 'declaration/configuration/face.test'])
      refused(await send(world.url, declarative(who, endpoint)), 400, 'identity-unknown')
    const report = `<key>Data</key><data>${Buffer.from('{"StatusItems":{},"Errors":[]}').toString('base64')}</data>`
    refused(await send(world.url, declarative(who, 'status', report)), 400, 'identity-unknown')
    refused(
      await send(world.url, encodeConnect({ ...who, Status: 'Idle' }), { path: '/mdm/connect', type: CONNECT }),
      400,
      'identity-unknown',
    )
  })

  it.each<[string, IdentityKeys]>([
    ['is missing', {}],
    ['is said twice', { UDID: 'IPAD-FACE', EnrollmentID: 'E' }],
    ['mixes two kinds', { UDID: 'IPAD-FACE', EnrollmentUserID: 'U' }],
    ['has a line break', { UDID: 'IPAD\nFACE' }],
  ])('an identity that %s is 400', async (_, who) => {
    refused(await send(world.url, declarative(who, 'tokens')), 400)
  })

  it('a message on a channel that cannot send it is 400', async () => {
    const message: CheckIn = { MessageType: 'Authenticate', ...keys, UserID: 'U', Topic: 'com.apple.mgmt.External.x' }
    refused(await send(world.url, encodeCheckIn(message)), 400, 'message-misplaced')
  })

  it.each(['/mdm/checkin', '/mdm/connect', '/mdm'])(
    'a body over 16 MiB is 413 on %s, one of 16 MiB is read',
    async (path) => {
      const type = path === '/mdm/connect' ? CONNECT : CHECK_IN
      refused(await send(world.url, Buffer.alloc(16 * MEBIBYTE + 1, ' '), { path, type }), 413, 'body-too-large')
      refused(await send(world.url, Buffer.alloc(16 * MEBIBYTE, ' '), { path, type }), 400)
    },
  )

  it('headers over 16 KiB are 431', async () => {
    const headers = { 'mdm-signature': 'x'.repeat(17 * 1024) }
    expect((await send(world.url, declarative(keys, 'tokens'), { headers })).status).toBe(431)
    expect(
      (await send(world.url, declarative(keys, 'tokens'), { headers: { 'mdm-signature': 'x'.repeat(15_000) } })).status,
    ).toBe(200)
  })

  it('the end of a command session is 200 with Content-Length 0', async () => {
    const idle = encodeConnect({ ...keys, Status: 'Idle' })
    const reply = await send(world.url, idle, { path: '/mdm/connect', type: CONNECT })
    expect([reply.status, reply.headers['content-length'], reply.body]).toEqual([200, '0', ''])
    expect(reply.headers['transfer-encoding']).toBeUndefined()
  })

  it('takes POST as well as PUT, and both messages on one URL by their content type', async () => {
    const tokens = declarative(keys, 'tokens')
    const idle = encodeConnect({ ...keys, Status: 'Idle' })
    const answer = (await send(world.url, tokens)).body
    for (const method of ['PUT', 'POST']) {
      expect((await send(world.url, tokens, { method })).body).toBe(answer)
      expect((await send(world.url, tokens, { method, path: '/mdm' })).body).toBe(answer)
      expect((await send(world.url, tokens, { method, path: '/mdm', type: `${CHECK_IN}; charset=UTF-8` })).body).toBe(
        answer,
      )
      expect((await send(world.url, idle, { method, path: '/mdm', type: CONNECT })).body).toBe('')
    }
  })

  it('answers without ETag, compression or 304, whatever the device asks for', async () => {
    const headers = {
      'accept-encoding': 'gzip, br, deflate',
      'if-none-match': '*',
      'if-modified-since': new Date().toUTCString(),
    }
    const bodies = ['tokens', 'declaration-items', 'declaration/configuration/face.test'].map((endpoint) =>
      declarative(keys, endpoint),
    )
    for (const body of bodies) {
      const reply = await send(world.url, body, { headers })
      expect(reply.status).toBe(200)
      expect(reply.headers['content-type']).toBe('application/json')
      expect(JSON.parse(reply.body)).toBeTypeOf('object')
      for (const header of ['etag', 'content-encoding', 'last-modified', 'transfer-encoding'])
        expect(reply.headers[header], header).toBeUndefined()
    }
  })

  it('never answers 401, nor 403, to a device that proves nothing, and says 400', async () => {
    const proving = await openWorld(database, { insecureDevices: false })
    try {
      const messages: CheckIn[] = [
        { MessageType: 'Authenticate', ...keys, Topic: 'com.apple.mgmt.External.x' },
        {
          MessageType: 'TokenUpdate',
          ...keys,
          Topic: 'com.apple.mgmt.External.x',
          Token: Buffer.from('t'),
          PushMagic: 'm',
        },
        { MessageType: 'CheckOut', ...keys, Topic: 'com.apple.mgmt.External.x' },
        { MessageType: 'UserAuthenticate', ...keys, UserID: 'U' },
        { MessageType: 'GetBootstrapToken', ...keys },
        { MessageType: 'SetBootstrapToken', ...keys },
        { MessageType: 'DeclarativeManagement', ...keys, Endpoint: { kind: 'tokens' } },
        { MessageType: 'DeclarativeManagement', ...keys, Endpoint: { kind: 'status' }, Data: Buffer.from('{}') },
      ]
      for (const message of messages) refused(await send(proving.url, encodeCheckIn(message)), 400, 'identity-unproved')
      const idle = encodeConnect({ ...keys, Status: 'Idle' })
      refused(await send(proving.url, idle, { path: '/mdm/connect', type: CONNECT }), 400, 'identity-unproved')
      const authorization = { authorization: 'Bearer wrong' }
      refused(await send(proving.url, declarative(keys, 'tokens'), { headers: authorization }), 400)
    } finally {
      await proving.close()
    }
  })

  it('while the database is away everything is 503 with Retry-After, never a shorter manifest', async () => {
    const own = await openWorld(database)
    const lost = ipad(own.url, 'LOST')
    await lost.enroll()
    const before = await lost.items()
    const back = await takeAway(own)
    const who = { UDID: 'IPAD-LOST' }
    const report = `<key>Data</key><data>${Buffer.from('{"StatusItems":{},"Errors":[]}').toString('base64')}</data>`
    const messages = [
      ...['tokens', 'declaration-items', 'declaration/configuration/x'].map((endpoint) => declarative(who, endpoint)),
      declarative(who, 'status', report),
      encodeCheckIn({ MessageType: 'Authenticate', ...who, Topic: 'com.apple.mgmt.External.x' }),
    ]
    const away = async (reply: RawReply) => {
      refused(reply, 503, 'store-unavailable')
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    }
    for (const message of messages) await away(await send(own.url, message))
    await away(await send(own.url, encodeConnect({ ...who, Status: 'Idle' }), { path: '/mdm/connect', type: CONNECT }))
    const problem = await own.admin.refused('list-sets')
    expect(problem).toMatchObject({ status: 503, code: 'store-unavailable' })
    expect((await fetch(`${own.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${own.url}/readyz`)).status).toBe(503)
    await back()
    await eventually('the server is ready', async () => {
      const answer = await fetch(`${own.url}/readyz`).catch(() => null)
      return answer?.status === 200
    })
    expect(await lost.items()).toEqual(before)
    await own.close()
  })

  /** Takes the database away from a running server. Gives a way to bring it back. */
  const takeAway = async (own: World): Promise<() => Promise<void>> => {
    if (database === 'sqlite') {
      await own.server.services.store.close()
      return () => own.restart()
    }
    const url = new URL(own.database)
    const name = url.pathname.slice(1)
    url.pathname = '/postgres'
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    const allow = (allowed: boolean) =>
      client.query(`alter database ${client.escapeIdentifier(name)} with allow_connections ${allowed}`)
    await allow(false)
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    return async () => {
      await allow(true)
      await client.end()
    }
  }
})
