import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device } from '@edict/device'
import type { JsonObject } from '@edict/protocol'
import { readConfig, startServer } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminOf, TOKEN } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { activation, testConfiguration, type Written } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { handIn } from '../harness/hand-in.ts'
import { signed } from '../harness/identities.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { identityOf } from '../harness/proof-by-hand.ts'
import { sendRaw } from '../harness/raw.ts'
import { conditionOf } from '../harness/said.ts'
import { ipad, type Wire, wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const NOTES = 'what everybody may read who knows where'

const asset = ($content: string, Type = 'None'): Written => ({
  Type: 'com.apple.asset.data',
  Payload: { Reference: { $content }, Authentication: { Type } },
})

/** Something that has the data of an asset. */
const reader = (EchoDataAssetReference: string, Echo = 'notes'): Written => ({
  ...testConfiguration(Echo),
  Payload: { Echo, EchoDataAssetReference },
})

describe.each(databases)('content that is downloaded without saying who one is, on %s', (database) => {
  let world: World
  let folder: string
  let ipad: Device
  let other: Device
  let stranger: Device
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-content-'))
    world = await openWorld(`${database} over TLS`, { options: { content: folder } })
    for (const [name, octets] of Object.entries({ 'notes.txt': NOTES, 'other.txt': 'other' }))
      await handIn(world.url, name, 'text/plain', octets)
    await putSet(world.admin, 'notes', {
      notes: asset('notes.txt'),
      'notes.read': reader('notes'),
      'notes.on': activation(['notes.read']),
    })
    ipad = await world.enroll({ kind: 'ipad', switches: { networkRetry: 0.05 } })
    other = await world.enroll({ kind: 'ipad' })
    stranger = await world.enroll({ kind: 'ipad' })
    for (const { id } of [ipad, other]) await giveSet(world.admin, 'notes', id)
    for (const device of [ipad, other, stranger]) await world.inSync(device)
    for (const device of [ipad, other]) await isThere(device)
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Where a device looked for the notes, first and last: path and query. */
  const lookedAt = (device: Device) => {
    const urls = device.requests.flatMap(
      ({ endpoint }) => /^GET .*(\/content\/.*\/notes\.txt.*)$/.exec(endpoint)?.[1] ?? [],
    )
    return { first: urls[0] ?? '', last: urls.at(-1) ?? '' }
  }
  const isThere = (device: Device) =>
    eventually('the notes are there', async () => {
      const { evidence, condition } = (await conditionOf(world.admin, device.id, 'notes')) ?? {}
      return condition !== 'waiting' && condition !== 'collected' && evidence?.valid === 'valid'
    })
  const get = (path: string, headers: Record<string, string> = {}) =>
    sendRaw(world.url, '', { path, method: 'GET', headers })
  const status = async (path: string) => (await get(path)).status
  const gone = async (path: string) => {
    const { status: code, body } = await get(path)
    return [code, JSON.parse(body).code]
  }
  const payload = async (identifier = 'notes') =>
    (await world.admin('get-declaration', { params: { identifier } })).Payload as { Reference: JsonObject }
  const rotate = () => world.admin('rotate-content-key', {})

  it('is at a URL with a key, another one for every device', async () => {
    const [mine, theirs] = [lookedAt(ipad).last, lookedAt(other).last]
    expect(mine).toMatch(/^\/content\/[0-9a-f]{64}\/notes\.txt\?key=1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/)
    expect(theirs).not.toBe(mine)
    expect(await get(mine)).toMatchObject({ status: 200, body: NOTES })
    expect((await get(mine, { range: 'bytes=0-3' })).body).toBe('what')
    const { DataURL, ...rest } = (await payload()).Reference
    expect(DataURL).toMatch(/\/notes\.txt\?key=\$\{content\.1\.[0-9a-f]{64}\}$/)
    expect(rest).toMatchObject({ ContentType: 'text/plain', Size: NOTES.length })
  })

  it('is asked for without a signature', () => {
    const asked = ipad.requests.filter(({ endpoint }) => endpoint.includes('?key='))
    expect(asked.map(({ status: code }) => code)).toEqual([200])
  })

  it('is nobody else’s: no key but the right one leads to it, and none to anything else', async () => {
    const path = lookedAt(ipad).last
    const [url = '', key = ''] = path.split('?key=')
    const [count, enrollment = '', code = ''] = key.split('.')
    const theirs = lookedAt(other).last.split('.').at(-1) ?? ''
    const flipped = (text: string, at: number) => {
      const letter = text[at] === 'A' ? 'B' : 'A'
      return text.slice(0, at) + letter + text.slice(at + 1)
    }
    const otherPath = new URL((await world.admin('get-content', { params: { name: 'other.txt' } })).url ?? '').pathname
    const wrong = [
      `${url}?key=${count}.${enrollment}.${theirs}`,
      `${url}?key=${count}.${Buffer.from(stranger.id).toString('base64url')}.${code}`,
      `${url}?key=${count}.${flipped(enrollment, 3)}.${code}`,
      ...[0, 7, 40].map((at) => `${url}?key=${count}.${enrollment}.${flipped(code, at)}`),
      `${url}?key=2.${enrollment}.${code}`,
      `${url}?key=999999999.${enrollment}.${code}`,
      `${url}?key=${count}.${enrollment}.${code}A`,
      `${url}?key=${count}.${enrollment}`,
      `${url}?key=`,
      `${url}?key=${'x'.repeat(4000)}`,
      `${url}?key=${key}&key=${key}`,
      `${otherPath}?key=${key}`,
      `${url.replace('notes.txt', 'other.txt')}?key=${key}`,
    ]
    for (const one of wrong) expect(await gone(one), one).toEqual([404, 'content-gone'])
    expect(await status(path)).toBe(200)
  })

  it('is not for who is not enrolled, or has no manifest that refers to it, though their key be well made', async () => {
    const [url = ''] = lookedAt(ipad).last.split('?')
    const sha256 = url.split('/')[2] ?? ''
    const { contentKeys, store } = world.server.services
    const keyFor = await contentKeys.madeFor([`\${content.1.${sha256}}`], store.read)
    const by = (id: string) => `${url}?key=${keyFor({ secret: 1, sha256 }, id)}`
    expect(by(ipad.id)).toBe(lookedAt(ipad).last)
    for (const id of ['NEVER-ENROLLED', stranger.id, `${ipad.id}:ada`, ''])
      expect(await gone(by(id)), id).toEqual([404, 'content-gone'])
  })

  it('is not there for who says neither a key nor who they are, and a certificate does not mend a wrong key', async () => {
    const [url = ''] = lookedAt(ipad).last.split('?')
    expect(await status(url)).toBe(400)
    const byCertificate = signed('', identityOf(ipad))
    expect((await get(url, byCertificate)).status).toBe(200)
    expect((await get(`${url}?key=1.a.b`, byCertificate)).status).toBe(404)
  })

  it('is shown to administrators without its key', async () => {
    const { items } = await world.admin('explain-enrollment', {
      params: { id: ipad.id },
      query: { declaration: 'notes' },
    })
    expect(JSON.stringify(items)).toContain('?key=•••')
    expect(JSON.stringify(items)).not.toContain(lookedAt(ipad).last.split('?key=')[1])
  })

  it('needs no key where the device says who it is, and none is left when that changes', async () => {
    const put = (Type: string) =>
      world.admin('put-declaration', { params: { identifier: 'spare' }, body: asset('other.txt', Type) })
    await put('None')
    expect((await payload('spare')).Reference.DataURL).toContain('?key=${content.')
    await put('MDM')
    expect((await payload('spare')).Reference.DataURL).not.toContain('?')
    await world.admin('delete-declaration', { params: { identifier: 'spare' } })
  })

  it('is at another URL for all after a rotation; the old one goes when the device cannot mean it any more', async () => {
    const before = lookedAt(ipad).last
    const { effects, secret } = await rotate()
    expect(effects.declarations).toEqual(['notes'])
    expect(secret).toBe(2)
    expect(await status(before)).toBe(200)
    await world.inSync(ipad)
    await eventually('it looked again', () => lookedAt(ipad).last !== before)
    const after = lookedAt(ipad).last
    expect(after).toContain('?key=2.')
    expect([await status(before), await status(after)]).toEqual([200, 200])
    await world.admin('put-declaration', { params: { identifier: 'notes.read' }, body: reader('notes', 'once more') })
    await world.inSync(ipad)
    expect([await status(before), await status(after)]).toEqual([404, 200])
    const { items } = await world.admin('list-audit', { query: { limit: 5 } })
    expect(
      items.find(({ action, target }) => action === 'rotate-content-key' && target.startsWith('content-key')),
    ).toMatchObject({ detail: { secret: 2 } })
  })

  it('has another key when other octets come under its name', async () => {
    const before = lookedAt(ipad).last
    const { answer } = await handIn(world.url, 'notes.txt', 'text/plain', 'other notes')
    await world.inSync(ipad)
    await eventually('it looked again', () => lookedAt(ipad).last !== before)
    expect(lookedAt(ipad).last).toContain(answer.content.sha256)
    await isThere(ipad)
    expect((await get(lookedAt(ipad).last)).body).toBe('other notes')
  })

  it('is given after a restart, by the secret that lies sealed in the database', async () => {
    const path = lookedAt(ipad).last
    await world.restart()
    expect(await status(path)).toBe(200)
    const secret = await world.server.services.store.read.secret('edict.server', 'content-key', 2)
    expect(secret?.sealedUnder).toBe(world.server.services.escrow.under)
    expect(secret?.value.length).toBeGreaterThan(32)
  })

  it('is not given to who was revoked, or left', async () => {
    const path = lookedAt(other).last
    expect(await status(path)).toBe(200)
    await world.admin('revoke-enrollment', { params: { id: other.id }, body: {} })
    expect(await gone(path)).toEqual([404, 'content-gone'])
    const mine = lookedAt(ipad).last
    await ipad.checkOut()
    await eventually(
      'it has left',
      async () => (await world.admin('get-enrollment', { params: { id: ipad.id } })).state === 'left',
    )
    expect(await gone(mine)).toEqual([404, 'content-gone'])
  })
})

describe('keys of content, of two servers on one PostgreSQL', () => {
  it('are the same on both, also after a rotation on one, and in no line of a log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'edict-content-'))
    const fresh = await freshDatabase('postgres')
    const options = { listen: '127.0.0.1:0', database: fresh.database, content: folder, insecureDevices: true }
    const config = readConfig({ ...options, url: 'https://mdm.example.org', logLevel: 'debug' }, TOKEN, MASTER_KEY)
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const start = () => startServer(config, { log, authorityKey })
    const [one, two] = [await start(), await start()]
    const admin = adminOf(one.url)
    await handIn(one.url, 'notes.txt', 'text/plain', NOTES)
    await putSet(admin, 'notes', { notes: asset('notes.txt') })
    const device = ipad(one.url, 'NODES-1')
    await device.enroll()
    await giveSet(admin, 'notes', device.id)
    const there = wire(two.url, { keys: { UDID: device.id } })
    const urlBy = async (by: Wire) => {
      await by.items()
      const { Payload } = await by.body('asset', 'notes')
      const { pathname, search } = new URL(String((Payload.Reference as JsonObject).DataURL))
      return pathname + search
    }
    const url = await urlBy(there)
    expect(url).toContain('?key=1.')
    expect(await urlBy(device)).toBe(url)
    const statuses = (path: string) =>
      Promise.all([one, two].map(async (node) => (await fetch(node.url + path)).status))
    expect(await statuses(url)).toEqual([200, 200])
    await adminOf(two.url)('rotate-content-key', {})
    const rotated = await urlBy(device)
    expect(rotated).toContain('?key=2.')
    expect(await urlBy(there)).toBe(rotated)
    expect(await statuses(rotated)).toEqual([200, 200])
    expect(await statuses(`${rotated}x`)).toEqual([404, 404])
    expect(lines.join('')).toContain('notes.txt')
    for (const path of [url, rotated]) expect(lines.join('')).not.toContain(path.split('.').at(-1))
    for (const node of [one, two]) await node.close()
    await fresh.remove()
    await rm(folder, { recursive: true, force: true })
  })
})
