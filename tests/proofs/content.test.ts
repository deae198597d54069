import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Device } from '@edict/device'
import { sweepContent } from '@edict/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { activation, passcodePolicy, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { handIn, madeOctets } from '../harness/hand-in.ts'
import { hostedProfile, wifiProfile } from '../harness/hosted-profile.ts'
import { signed, tlsClient } from '../harness/identities.ts'
import { identityFor, identityOf } from '../harness/proof-by-hand.ts'
import { sendRaw } from '../harness/raw.ts'
import { conditionOf } from '../harness/said.ts'
import { openWorld, type World } from '../harness/world.ts'

const MEBIBYTE = 1024 * 1024
const PROFILE = 'application/x-apple-aspen-config'

const PREDICATE = '@status(passcode.is-compliant) == TRUE'

describe.each(databases)('hosted content on %s', (database) => {
  let world: World
  let folder: string
  let ipad: Device
  let other: Device
  let wifi: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-content-'))
    world = await openWorld(`${database} over TLS`, { options: { content: folder, contentSize: '65' } })
    const { answer } = await handIn(world.url, 'wifi.mobileconfig', PROFILE, wifiProfile('School'))
    wifi = answer.content.url ?? ''
    await putSet(world.admin, 'wifi', {
      passcode: passcodePolicy(),
      'passcode.on': activation(['passcode']),
      wifi: hostedProfile('wifi.mobileconfig'),
      'wifi.on': activation(['wifi'], PREDICATE),
    })
    ipad = await world.enroll({ kind: 'ipad', switches: { networkRetry: 0.05 } })
    other = await world.enroll({ kind: 'ipad' })
    await giveSet(world.admin, 'wifi', ipad.id)
    await world.inSync(ipad)
    await world.inSync(other)
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  })

  const path = (url: string) => new URL(url).pathname
  /** A request for content, by the signature of a device over what it sends: nothing. */
  const get = (url: string, by: Device | null, headers: Record<string, string> = {}, method = 'GET') => {
    const proof = by === null ? {} : signed('', identityOf(by))
    return sendRaw(world.url, '', { path: path(url), method, headers: { ...proof, ...headers } })
  }
  const codeOf = ({ status, body }: { status: number; body: string }) => [status, JSON.parse(body).code]
  const downloads = (device: Device, url: string) =>
    device.requests.filter(({ endpoint }) => endpoint === `GET ${url}`).map(({ status }) => status)

  it('is downloaded by the device that is to have it, and is in force there once the passcode is', async () => {
    expect(await conditionOf(world.admin, ipad.id, 'wifi')).toMatchObject({ condition: 'inactive' })
    ipad.model.satisfyPasscode()
    const isInForce = async () => (await conditionOf(world.admin, ipad.id, 'wifi'))?.condition === 'in-force'
    await eventually('the Wi-Fi is in force', isInForce)
    expect(new Set(downloads(ipad, wifi))).toEqual(new Set([200]))
    const reply = await get(wifi, ipad)
    expect(reply).toMatchObject({ status: 200, body: Buffer.from(wifiProfile('School')).toString() })
    expect(reply.headers).toMatchObject({
      'content-type': PROFILE,
      'content-length': String(wifiProfile('School').length),
      etag: `"${createHash('sha256').update(wifiProfile('School')).digest('hex')}"`,
      'cache-control': 'private, max-age=31536000, immutable',
    })
  })

  it('is nobody else’s: no stranger, no other device, no certificate that nobody enrolled with', async () => {
    expect(codeOf(await get(wifi, null))).toEqual([400, 'identity-unproved'])
    expect(codeOf(await get(wifi, other))).toEqual([404, 'content-gone'])
    const nobody = signed('', await identityFor('NOBODY', world.admin, world.server))
    expect(codeOf(await get(wifi, null, nobody))).toEqual([400, 'identity-unpinned'])
    expect(codeOf(await get(wifi, null, signed('something', identityOf(ipad))))).toEqual([400, 'identity-proof-broken'])
    const { body } = await sendRaw(world.url, '', { path: '/metrics', method: 'GET' })
    for (const code of ['content-gone', 'identity-unpinned', 'identity-proof-broken'])
      expect(body).toMatch(new RegExp(`edict_content_requests_total\\{result="${code}"\\} [1-9]`))
  })

  it('is given to the certificate of a TLS connection alone, and to no other one', async () => {
    const over = (device: Device) =>
      sendRaw(world.url, '', { path: path(wifi), method: 'GET', tls: tlsClient(identityOf(device)) })
    expect((await over(ipad)).status).toBe(200)
    expect(codeOf(await over(other))).toEqual([404, 'content-gone'])
    const both = { ...tlsClient(identityOf(other)) }
    const headers = signed('', identityOf(ipad))
    const mixed = await sendRaw(world.url, '', { path: path(wifi), method: 'GET', tls: both, headers })
    expect(codeOf(mixed)).toEqual([400, 'identity-ambiguous'])
  })

  it('is not given to a device that was revoked', async () => {
    const leaver = await world.enroll({ kind: 'ipad' })
    await giveSet(world.admin, 'wifi', leaver.id)
    await world.inSync(leaver)
    expect((await get(wifi, leaver)).status).toBe(200)
    await world.admin('revoke-enrollment', { params: { id: leaver.id }, body: {} })
    expect(codeOf(await get(wifi, leaver))).toEqual([400, 'identity-revoked'])
  })

  it('looks the same whether it is not there or not for the device', async () => {
    const gone = await get(wifi.replace(/[0-9a-f]{64}/, '0'.repeat(64)), ipad)
    const foreign = await get(wifi, other)
    expect([gone.status, gone.body]).toEqual([foreign.status, foreign.body])
    for (const bad of ['/content/x/wifi', `/content/${'0'.repeat(64)}/..%2F..%2Fmaster.key`, `${path(wifi)}x`])
      expect((await get(`${world.url}${bad}`, ipad)).status, bad).toBe(404)
  })

  it('is given in parts', async () => {
    const whole = Buffer.from(wifiProfile('School'))
    const part = await get(wifi, ipad, { range: 'bytes=5-9' })
    expect(part).toMatchObject({ status: 206, body: whole.subarray(5, 10).toString() })
    expect(part.headers).toMatchObject({ 'content-range': `bytes 5-9/${whole.length}`, 'content-length': '5' })
    const beyond = await get(wifi, ipad, { range: `bytes=${whole.length}-` })
    expect(codeOf(beyond)).toEqual([416, 'range-unsatisfiable'])
    expect(beyond.headers['content-range']).toBe(`bytes */${whole.length}`)
    expect((await get(wifi, ipad, { range: 'bytes=5-9', 'if-range': '"another"' })).status).toBe(200)
    const head = await get(wifi, ipad, {}, 'HEAD')
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(whole.length)])
  })

  it('is refused by the device when one octet of it is another', async () => {
    const { answer } = await handIn(world.url, 'notes.txt', 'text/plain', 'as it was meant')
    const { url, sha256, size, type } = answer.content
    const file = join(folder, sha256)
    const octets = await readFile(file)
    await writeFile(
      file,
      octets.map((octet, index) => (index === 3 ? octet ^ 1 : octet)),
    )
    const broken = await world.enroll({ kind: 'ipad' })
    await putSet(world.admin, 'notes', {
      notes: { Type: 'com.apple.asset.data', Payload: { Reference: { $content: 'notes.txt' } } },
      'notes.test': {
        ...testConfiguration('notes'),
        Payload: { Echo: 'notes', EchoDataAssetReference: 'notes' },
      },
      'notes.on': activation(['notes.test']),
    })
    const { Payload } = await world.admin('get-declaration', { params: { identifier: 'notes' } })
    const Reference = { DataURL: url, ContentType: type, Size: size, 'Hash-SHA-256': sha256 }
    expect(Payload).toEqual({ Reference })
    await giveSet(world.admin, 'notes', broken.id)
    await world.inSync(broken)
    const verified = () => conditionOf(world.admin, broken.id, 'notes')
    await eventually('the asset failed', async () => (await verified())?.evidence?.valid === 'invalid')
    expect(downloads(broken, url ?? '')).toContain(200)
    expect((await verified())?.evidence?.reasons?.map(({ code }) => code)).toContain('Error.AssetCannotBeVerified')
    await writeFile(file, octets)
  })

  it('that is handed in anew under its name reaches the devices, as another version of what refers to it', async () => {
    const before = await world.admin('get-declaration', { params: { identifier: 'wifi' } })
    const { answer } = await handIn(world.url, 'wifi.mobileconfig', PROFILE, wifiProfile('Guests'))
    expect(answer).toMatchObject({
      effects: { declarations: ['wifi'], channels: null },
      content: { usedBy: ['wifi'], earlier: [{ size: wifiProfile('School').length }] },
    })
    const after = await world.admin('get-declaration', { params: { identifier: 'wifi' } })
    expect(after.ServerToken).not.toBe(before.ServerToken)
    expect(after.Payload).toEqual({ ProfileURL: answer.content.url })
    await world.inSync(ipad)
    expect(downloads(ipad, answer.content.url ?? '')).toEqual([200])
    const again = await handIn(world.url, 'wifi.mobileconfig', PROFILE, wifiProfile('Guests'))
    expect(again.answer).toMatchObject({ revision: answer.revision, effects: { declarations: [] } })
    const body = hostedProfile('wifi.mobileconfig')
    const same = await world.admin('put-declaration', { params: { identifier: 'wifi' }, body })
    expect(same.declaration.ServerToken).toBe(after.ServerToken)
  })

  it('is there while a declaration refers to it, and leaves no file behind', async () => {
    const { answer } = await handIn(world.url, 'brief', PROFILE, wifiProfile('Brief'))
    const { sha256 } = answer.content
    await putSet(world.admin, 'brief', { brief: hostedProfile('brief') })
    const refused = await world.admin.refused('delete-content', { params: { name: 'brief' } })
    expect(refused).toMatchObject({ status: 409, code: 'content-in-use', by: ['brief'] })
    await world.admin('delete-set', { params: { name: 'brief' } })
    await world.admin('delete-declaration', { params: { identifier: 'brief' } })
    expect(await world.admin('delete-content', { params: { name: 'brief' } })).toEqual({ content: 'brief' })
    expect(await world.admin.refused('get-content', { params: { name: 'brief' } })).toMatchObject({ status: 404 })
    await sweepContent(world.server.services)
    expect(await readdir(folder)).toContain(sha256)
    await utimes(join(folder, sha256), 0, 0)
    await utimes(join(folder, createHash('sha256').update(wifiProfile('Guests')).digest('hex')), 0, 0)
    expect(await sweepContent(world.server.services)).toBe(1)
    expect(await readdir(folder)).not.toContain(sha256)
  })

  it('cannot be referred to before it is handed in', async () => {
    const request = { params: { identifier: 'early' }, body: hostedProfile('early') }
    expect(await world.admin.refused('put-declaration', request)).toMatchObject({
      status: 422,
      code: 'content-unknown',
      at: '/Payload/ProfileURL',
      line: 1,
    })
  })

  it('is audited when it is handed in and deleted, with what it was and not with its octets', async () => {
    const { items } = await world.admin('list-audit', { query: { limit: 100 } })
    const entries = items.filter(({ target }) => target === 'content/brief')
    expect(entries.map(({ action }) => action)).toEqual(['delete-content', 'put-content'])
    expect(entries[1]?.detail).toMatchObject({ size: wifiProfile('Brief').length, type: PROFILE })
  })

  // Of the database nothing depends on here.
  it.runIf(database === 'sqlite')('of 64 MiB comes and goes in constant memory', async () => {
    const start = buffered()
    const held = () => (buffered() - start) / MEBIBYTE
    const { promise: pause, resolve: goOn } = Promise.withResolvers<void>()
    const { octets, sha256 } = madeOctets(64, pause)
    const handed = handIn(world.url, 'large', 'application/zip', octets)
    await eventually('most of it is in the file', async () => (await incoming(folder)) > 55 * MEBIBYTE)
    await eventually('little of it is in memory', () => held() < 16)
    goOn()
    const { answer } = await handed
    expect(answer.content).toMatchObject({ size: 64 * MEBIBYTE, sha256: sha256() })
    await putSet(world.admin, 'large', { large: hostedProfile('large') })
    await giveSet(world.admin, 'large', other.id)
    const download = await begun(answer.content.url ?? '', signed('', identityOf(other)))
    // Time enough to read it all, for a server that did not wait for who reads.
    for (let turn = 0; turn < 50; turn += 1) await get(wifi, ipad, {}, 'HEAD')
    await eventually('little of it is in memory', () => held() < 16)
    expect(await hashOf(download)).toEqual({ size: 64 * MEBIBYTE, sha256: sha256() })
  })

  it.runIf(database === 'sqlite')(
    'that is too large is refused, and so is what is not sent as octets; nothing of either stays',
    async () => {
      const before = await readdir(folder)
      const { status, answer } = await handIn(world.url, 'larger', 'application/zip', madeOctets(66).octets)
      expect([status, answer.code]).toEqual([413, 'body-too-large'])
      const json = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
      const asJson = await sendRaw(world.url, '{}', { path: '/api/v1/content/json', headers: json })
      expect(codeOf(asJson)).toEqual([415, 'media-type-unsupported'])
      for (const name of ['..', 'a%2Fb', 'a b'.replace(' ', '%20')]) {
        const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' }
        const reply = await sendRaw(world.url, 'x', { path: `/api/v1/content/${name}`, headers })
        expect([400, 404, 405], name).toContain(reply.status)
      }
      await eventually('nothing is left', async () => (await readdir(folder)).length === before.length)
    },
  )
})

describe('hosted content that comes slowly', () => {
  it('takes its time, while a request of anybody else does not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'edict-content-'))
    const world = await openWorld('sqlite', { patience: 300, options: { content: folder } })
    const { promise: pause, resolve: goOn } = Promise.withResolvers<void>()
    const { octets, sha256 } = madeOctets(1, pause)
    const handed = handIn(world.url, 'slow', 'application/zip', octets)
    await eventually('it is under way', async () => (await incoming(folder)) > 0)
    // Begins after it, and is hung up on before it ends.
    const { hostname, port } = new URL(world.url)
    const other = connect(Number(port), hostname)
    other.resume().write('PUT /mdm/checkin HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n<')
    await once(other, 'close')
    goOn()
    expect(await handed).toMatchObject({ status: 200, answer: { content: { size: MEBIBYTE, sha256: sha256() } } })
    await world.close()
    await rm(folder, { recursive: true, force: true })
  })
})

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Octets that somebody still holds. */
function buffered(): number {
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

/** Octets of what is being handed in. */
async function incoming(folder: string): Promise<number> {
  const name = (await readdir(folder)).find((one) => one.startsWith('incoming-'))
  return name === undefined ? 0 : (await stat(join(folder, name))).size
}

/** An answer that nobody reads yet. */
function begun(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    secure(url, { headers, agent: false }, resolve).on('error', reject).end()
  })
}

async function hashOf(octets: AsyncIterable<Buffer>) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of octets) {
    size += chunk.length
    hash.update(chunk)
  }
  return { size, sha256: hash.digest('hex') }
}
