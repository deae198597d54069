import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { edict } from '../demo/run.ts'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { Follower } from '../harness/follower.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { type TestAuthority, testAuthority } from '../harness/identities.ts'
import { authenticate, say, tokens, updateToken } from '../harness/speaker.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000

interface Turned {
  readonly conditions: readonly { readonly identifier: string; readonly to: string | null }[]
}

interface Explained {
  readonly code: string
  readonly rank: number
  readonly weight: string
  readonly summary: string
  readonly remedy: string
  readonly evidence: readonly { readonly message: string; readonly entry?: number }[]
  readonly against?: Explained['evidence']
}

describe.each(databases)('the trace on %s', (database) => {
  let world: World
  let skew = 0
  /** When time stands still. */
  let held: number | null = null
  beforeAll(async () => {
    world = await openWorld(database, { now: () => held ?? Date.now() + skew })
    await putSet(world.admin, 'said', { 'said.test': testConfiguration('said'), 'said.on': activation(['said.test']) })
  })
  afterEach(() => {
    held = null
  })
  afterAll(() => world.close())

  const traceOf = (id: string) => saidBy(world, id)
  const diagnosisOf = (id: string) => world.admin('get-diagnosis', { params: { id } })

  it('has what a device and the server said, in order, and nothing that is secret', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    // The first command is answered by asking for tokens, unless a second one brings newer ones before that.
    await world.inSync(device)
    await giveSet(world.admin, 'said', device.id)
    await world.inSync(device)
    const said = await traceOf(device.id)
    const kinds = said.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind !== 'enrollment').slice(0, 2)).toEqual(['check-in', 'check-in'])
    for (const kind of ['push', 'result', 'command', 'tokens', 'declaration-items', 'declaration', 'status'])
      expect(kinds).toContain(kind)
    expect(said.map(({ entry }) => entry)).toEqual(said.map(({ entry }) => entry).toSorted((a, b) => a - b))
    const manifest = said.findLast(({ kind }) => kind === 'declaration-items') as unknown as { pairs: unknown[] }
    expect(manifest.pairs).toContainEqual(expect.objectContaining({ kind: 'configuration', identifier: 'said.test' }))
    const text = JSON.stringify(said)
    for (const { pushToken } of device.channels()) expect(text).not.toContain(pushToken)
  })

  it('finds a device healthy that has everything in force', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await giveSet(world.admin, 'said', device.id)
    await world.inSync(device)
    expect(await diagnosisOf(device.id)).toMatchObject({ stage: 'in-force', healthy: true, causes: [] })
  })

  it('tells the channels of a Mac apart', async () => {
    const mac = await world.enroll({ kind: 'mac' })
    await giveSet(world.admin, 'said', mac.id)
    for (const { id } of mac.channels()) await world.inSync(mac, id)
    for (const { id } of mac.channels()) {
      const { collected } = await world.admin('get-enrollment', { params: { id } })
      expect(await traceOf(id)).toContainEqual(expect.objectContaining({ kind: 'declaration-items', token: collected }))
      expect(await diagnosisOf(id)).toMatchObject({ healthy: true })
    }
  })

  it('pages backwards, and forwards', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const params = { id: device.id }
    const all = await traceOf(device.id)
    const { items: last } = await world.admin('get-trace', { params, query: { limit: 2 } })
    expect(last).toEqual(all.slice(-2))
    const before = last[0]?.entry ?? 0
    expect((await world.admin('get-trace', { params, query: { before, limit: 1 } })).items).toEqual(all.slice(-3, -2))
    expect((await world.admin('get-trace', { params, query: { after: before } })).items).toEqual(all.slice(-1))
  })

  const followed = (id: string) => `/api/v1/enrollments/${encodeURIComponent(id)}/trace`

  it('is followed: what was said before, and what is said then, each once and in order', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const before = await traceOf(device.id)
    const follower = await Follower.of(world, `${followed(device.id)}?limit=3`)
    await giveSet(world.admin, 'said', device.id)
    await world.inSync(device)
    const all = await traceOf(device.id)
    const received = await follower.until('all of it', (got) => got.at(-1)?.id === all.at(-1)?.entry)
    follower.stop()
    expect(received.map(({ data }) => data)).toEqual(all.slice(before.length - 3))
    expect(received.every(({ id, event, data }) => event === 'said' && id === data.entry)).toBe(true)

    const third = received[2]?.id ?? 0
    const again = await Follower.of(world, followed(device.id), { after: third })
    const rest = await again.until('the rest', (got) => got.length >= received.length - 3)
    again.stop()
    expect(rest).toEqual(received.slice(3))
  })

  it('is followed by edict trace --follow, which comes back when the server does and misses nothing', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const running = edict(['trace', device.id, '--follow', '--json', '--limit', '1000'], {
      EDICT_URL: world.url,
      EDICT_ADMIN_TOKEN: TOKEN,
    })
    const entries = () =>
      running
        .said()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as { readonly enrollment: string; readonly entry: number })
    const caughtUp = async () => {
      const last = (await traceOf(device.id)).at(-1)?.entry
      return entries().at(-1)?.entry === last
    }
    await eventually('it has what was said', caughtUp)
    await world.restart()
    await giveSet(world.admin, 'said', device.id)
    await world.inSync(device)
    await eventually('it has what was said since', caughtUp)
    running.child.kill('SIGINT')
    const { stderr } = await running.ended
    expect(stderr).toContain('connecting again')
    expect(entries()).toEqual((await traceOf(device.id)).map((item) => ({ enrollment: device.id, ...item })))
  })

  it('is exported by edict trace --json, and diagnosed from the file as it is here', async () => {
    const healthy = await world.enroll({ kind: 'ipad' })
    await giveSet(world.admin, 'said', healthy.id)
    await world.inSync(healthy)
    const silent = ipad(world.url, `EXPORTED-${database}`)
    await silent.enroll()
    await silent.enable()
    await silent.items()
    await giveSet(world.admin, 'said', silent.id)
    await eventually('it was pushed', async () => (await traceOf(silent.id)).at(-1)?.kind === 'push')
    skew += 5 * MINUTE
    // What is told in seconds is told at one moment by both.
    held = Date.now() + skew
    const folder = await mkdtemp(join(tmpdir(), 'edict-export-'))
    const env = { EDICT_URL: world.url, EDICT_ADMIN_TOKEN: TOKEN }
    for (const id of [healthy.id, silent.id]) {
      const { stdout } = await edict(['trace', id, '--json'], env).ended
      const lines = stdout.split('\n').slice(0, -1)
      expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual(
        (await traceOf(id)).map((item) => ({ enrollment: id, ...item })),
      )
      await writeFile(join(folder, 'trace.jsonl'), stdout)
      const read = await edict(['doctor', '--trace', join(folder, 'trace.jsonl'), '--json']).ended
      const { enrollment: _id, since: _since, causes, ...here } = await diagnosisOf(id)
      const there = JSON.parse(read.stdout)
      expect(there).toMatchObject({ channel: id, ...here })
      expect(there.causes.map(explained)).toEqual(causes.map(explained))
      expect(read.code).toBe(here.healthy ? 0 : 1)
    }
    await rm(folder, { recursive: true })
  })

  /** What a cause says, without how its times are written. */
  function explained({ code, rank, weight, summary, remedy, evidence, against = [] }: Explained) {
    const said = (all: Explained['evidence']) => all.map(({ message, entry }) => ({ message, entry }))
    return { code, rank, weight, summary, remedy, evidence: said(evidence), against: said(against) }
  }

  it('names a push that was refused', async () => {
    const device = ipad(world.url, `REFUSED-${database}`)
    await device.enroll()
    await device.enable()
    await device.items()
    const token = Buffer.from('refused').toString('hex')
    await device.send({
      MessageType: 'TokenUpdate',
      UDID: device.id,
      Topic: 'com.apple.mgmt.External.tests',
      Token: Buffer.from('refused'),
      PushMagic: 'magic',
    })
    world.apns.fail((push) => (push.token === token ? { status: 410, reason: 'Unregistered' } : null))
    await giveSet(world.admin, 'said', device.id)
    const found = await eventually('the push was refused', async () => {
      const { causes, stage } = await diagnosisOf(device.id)
      return causes[0]?.code === 'push-not-delivered' ? { cause: causes[0], stage } : null
    })
    world.apns.fail(null)
    expect(found).toMatchObject({ stage: 'not-woken', cause: { weight: 'proven', harmless: false } })
    expect(found.cause.evidence[0]?.message).toContain('Unregistered')
  })

  it('names a device that every push reaches and that does not come, once it has had its time', async () => {
    const device = ipad(world.url, `UNMOVED-${database}`)
    await device.enroll()
    await device.enable()
    await device.items()
    await giveSet(world.admin, 'said', device.id)
    await eventually('it was pushed', async () => {
      const said = await traceOf(device.id)
      return said.at(-1)?.kind === 'push'
    })
    expect(await diagnosisOf(device.id)).toMatchObject({ healthy: true, causes: [{ code: 'not-finished-yet' }] })
    skew += 5 * MINUTE
    const { stage, causes, healthy } = await diagnosisOf(device.id)
    expect({ stage, healthy }).toEqual({ stage: 'woken-not-connected', healthy: false })
    expect(causes.map(({ code }) => code)).toContain('push-without-effect')
    const fleet = await world.admin('get-fleet-diagnosis', {})
    expect(fleet.groups.find(({ code }) => code === 'push-without-effect')?.examples).toContain(device.id)
    expect(fleet.channels).toBeGreaterThan(fleet.healthy)
  })

  it('of nobody is refused, and a limit that is none too', async () => {
    expect(await world.admin.refused('get-trace', { params: { id: 'NOBODY' }, query: {} })).toMatchObject({
      code: 'enrollment-missing',
    })
    expect(await world.admin.refused('get-diagnosis', { params: { id: 'NOBODY' } })).toMatchObject({
      code: 'enrollment-missing',
    })
  })

  it('has what became of the enrollment, what a manifest has that the one before did not, and what a report changed', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const before = await traceOf(device.id)
    await giveSet(world.admin, 'said', device.id)
    await world.inSync(device)
    const all = await traceOf(device.id)
    const what = all.flatMap((one) => (one.kind === 'enrollment' ? (one.what ?? []) : []))
    expect(what).toEqual(expect.arrayContaining(['enrolled', 'enabled', 'sets']))
    const first = all.find(({ kind }) => kind === 'declaration-items')
    expect(first).toMatchObject({ changes: { changed: { count: 0 }, gone: { count: 0 }, known: 0 } })
    const since = all.slice(before.length)
    const manifest = since.findLast(({ kind }) => kind === 'declaration-items')
    expect(manifest).toMatchObject({
      changes: { new: { names: expect.arrayContaining(['configuration/said.test', 'activation/said.on']) } },
      answer: { status: 200, received: expect.any(Number), ms: expect.any(Number) },
    })
    expect(since.find(({ kind }) => kind === 'declaration')).toMatchObject({ from: manifest?.token })
    const turned = since.flatMap((one) => (one.kind === 'status' ? [one.changes ?? []] : []))
    expect(turned.flatMap((one) => ('conditions' in one ? one.conditions : []))).toContainEqual(
      expect.objectContaining({ identifier: 'said.test', to: 'in-force' }),
    )
  })

  it('has the errors of a command by domain and code, and why a request was refused', async () => {
    const device = ipad(world.url, `ERRORS-${database}`)
    await device.enroll()
    await device.enable()
    const body = { RequestType: 'DeviceInformation', Queries: ['OSVersion'] }
    await world.admin('send-command', { params: { id: device.id }, body })
    const command = await device.connect()
    const ErrorChain = [{ ErrorDomain: 'MCMDMErrorDomain', ErrorCode: 12021, LocalizedDescription: 'a secret' }]
    const result = { Status: 'Error', CommandUUID: command?.CommandUUID ?? '', ErrorChain, response: {} } as const
    await device.connect(result)
    expect((await device.fetch('configuration', 'nowhere')).status).toBe(404)
    const said = await traceOf(device.id)
    expect(said.find(({ status }) => status === 'Error')).toMatchObject({
      errors: [{ domain: 'MCMDMErrorDomain', code: 12021 }],
    })
    expect(said.at(-1)).toMatchObject({ kind: 'declaration', answer: { status: 404, code: 'declaration-gone' } })
    expect(JSON.stringify(said)).not.toContain('a secret')
  })

  it('has no bodies where nobody asked for them', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const { items } = await world.admin('get-trace', { params: { id: device.id }, query: { bodies: true } })
    for (const item of items) expect(item).not.toHaveProperty('bodies')
  })

  it('is there after a restart', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const before = await traceOf(device.id)
    await world.restart()
    expect((await traceOf(device.id)).slice(0, before.length)).toEqual(before)
  })
})

describe.each(databases)('the trace on %s, of devices that prove who they are,', (database) => {
  let world: World
  let ca: TestAuthority
  let skew = 0
  beforeAll(async () => {
    ca = await testAuthority('Device CA')
    const now = () => Date.now() + skew
    world = await openWorld(database, { insecureDevices: false, options: { deviceCa: ca.file }, now })
  })
  afterAll(async () => {
    await world.close()
    await ca.remove()
  })

  const traceOf = (id: string) => saidBy(world, id)

  it('keeps who only claimed to be a device apart: counted, few, and pushing out nothing of what the device said', async () => {
    const keys = { UDID: 'CLAIMED' }
    const own = await ca.issue('own')
    const stranger = await ca.issue('stranger')
    for (const message of [authenticate(keys), updateToken(keys)]) await say(world.url, keys, message, { by: own })
    const before = await eventually('it was pushed', async () => {
      const said = await traceOf('CLAIMED')
      return said.at(-1)?.kind === 'push' && said
    })
    for (let times = 0; times < 3; times += 1) await say(world.url, keys, tokens(keys), { by: stranger })
    const claimed = await eventually('the first is kept', async () => {
      const found = (await traceOf('CLAIMED')).filter((one) => one.claimed !== undefined)
      return found.length > 0 && found
    })
    expect(claimed).toMatchObject([
      { kind: 'tokens', claimed: 1, answer: { status: 400, code: expect.stringMatching(/^identity-/) } },
    ])
    for (let minute = 0; minute < 30; minute += 1) {
      skew += 61_000
      await say(world.url, keys, tokens(keys), { by: stranger })
    }
    const all = await eventually('the last is kept', async () => {
      const found = await traceOf('CLAIMED')
      return found.filter((one) => one.claimed !== undefined).length === 20 && found
    })
    expect(all.filter((one) => one.claimed === undefined)).toEqual(before)
    expect(await traceOf('CLAIMED')).toHaveLength(before.length + 20)
    const { causes, healthy } = await world.admin('get-diagnosis', { params: { id: 'CLAIMED' } })
    expect(healthy).toBe(false)
    expect(causes).toContainEqual(expect.objectContaining({ code: 'identity-refused', weight: 'likely' }))

    await say(world.url, keys, 'idle', { by: own })
    const after = await world.admin('get-diagnosis', { params: { id: 'CLAIMED' } })
    expect(after.causes.map(({ code }) => code)).not.toContain('identity-refused')
  })

  it('counts what it does not keep, and keeps nothing of a device that is not there', async () => {
    const keys = { UDID: 'COUNTED' }
    const own = await ca.issue('counted')
    const stranger = await ca.issue('another stranger')
    for (const message of [authenticate(keys), updateToken(keys)]) await say(world.url, keys, message, { by: own })
    for (let times = 0; times < 4; times += 1) await say(world.url, keys, 'idle', { by: stranger })
    skew += 61_000
    await say(world.url, keys, 'idle', { by: stranger })
    await eventually('they are counted', async () => {
      const counts = (await traceOf('COUNTED')).flatMap(({ claimed }) => (claimed === undefined ? [] : [claimed]))
      return JSON.stringify(counts) === '[1,4]'
    })
    const nobody = { UDID: 'NOBODY-AT-ALL' }
    await say(world.url, nobody, tokens(nobody), { by: stranger })
    await world.server.services.tracer.flush()
    expect(await world.server.services.store.read.trace('NOBODY-AT-ALL', null, 10)).toEqual([])
  })
})

describe.each(databases)('the trace on %s with bodies', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database, { options: { traceBodies: true } })
    await putSet(world.admin, 'said', { 'said.test': testConfiguration('said'), 'said.on': activation(['said.test']) })
  })
  afterAll(() => world.close())

  it('has what went over the wire, and no secret of a device: not in what is shown, and not in the database', async () => {
    const mac = await world.enroll({ kind: 'mac', users: ['ada'] })
    const secret = Buffer.from('a bootstrap token of its own')
    await mac.setBootstrapToken(secret)
    await giveSet(world.admin, 'said', mac.id)
    for (const { id } of mac.channels()) await world.inSync(mac, id)
    const items = await traceWith(mac.id)
    const bodies = items.flatMap((one) => (one.bodies === undefined ? [] : [one.bodies]))
    expect(bodies.length).toBeGreaterThan(10)
    const manifest = items.findLast(({ kind }) => kind === 'declaration-items')
    expect(JSON.parse(manifest?.bodies?.answer ?? '')).toMatchObject({
      Declarations: { Configurations: expect.anything() },
    })
    const update = items.find(({ messageType }) => messageType === 'TokenUpdate')
    expect(JSON.parse(update?.bodies?.request ?? '')).toMatchObject({ UDID: mac.id, PushMagic: '•••' })
    const report = items.findLast(({ kind }) => kind === 'status')
    expect(report?.bodies?.request).toContain('StatusItems')

    const { store } = world.server.services
    const kept = [...(await store.read.traceBodies(mac.id, 0, Number.MAX_SAFE_INTEGER)).values()]
    const secrets = [secret, ...mac.channels().flatMap(secretsOf)]
    expect(secrets.length).toBeGreaterThan(2)
    for (const octets of secrets)
      for (const form of ['utf8', 'hex', 'base64'] as const) {
        expect(JSON.stringify(items)).not.toContain(octets.toString(form))
        expect(JSON.stringify(kept)).not.toContain(octets.toString(form))
      }
  })

  it('is shown by edict trace --bodies, and is as long as is kept', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    for (let times = 0; times < 150; times += 1) await device.daily()
    await eventually('most have none any more', async () => {
      const with_ = (await traceWith(device.id)).filter((one) => 'bodies' in one)
      return with_.length <= 200
    })
    const env = { EDICT_URL: world.url, EDICT_ADMIN_TOKEN: TOKEN }
    const { stdout } = await edict(['trace', device.id, '--bodies', '--limit', '20'], env).ended
    expect(stdout).toContain('→ {')
    expect(stdout).toContain('"UDID"')
  })

  const traceWith = (id: string) => saidBy(world, id, true)
})

/** What is looked at of an entry. */
interface Said {
  readonly entry: number
  readonly at: string
  readonly kind: string
  readonly what?: readonly string[]
  readonly token?: string
  readonly status?: string
  readonly messageType?: string
  readonly changes?: Turned
  readonly claimed?: number
  readonly bodies?: Bodies
}

async function saidBy(world: World, id: string, bodies = false): Promise<readonly Said[]> {
  return (await world.admin('get-trace', { params: { id }, query: { limit: 1000, bodies } })).items
}

interface Bodies {
  readonly request?: string
  readonly answer?: string
}

function secretsOf({ pushToken, pushMagic }: { readonly pushToken: string | null; readonly pushMagic: string | null }) {
  return [
    ...(pushToken === null ? [] : [Buffer.from(pushToken, 'hex')]),
    ...(pushMagic === null ? [] : [Buffer.from(pushMagic)]),
  ]
}
