import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edict } from '../demo/run.ts'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { Follower } from '../harness/follower.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000

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
  beforeAll(async () => {
    world = await openWorld(database, { now: () => Date.now() + skew })
    await putSet(world.admin, 'said', { 'said.test': testConfiguration('said'), 'said.on': activation(['said.test']) })
  })
  afterAll(() => world.close())

  const traceOf = async (id: string) =>
    (await world.admin('get-trace', { params: { id }, query: { limit: 500 } })).items
  const diagnosisOf = (id: string) => world.admin('get-diagnosis', { params: { id } })

  it('has what a device and the server said, in order, and nothing that is secret', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    // The first command is answered by asking for tokens, unless a second one brings newer ones before that.
    await world.inSync(device)
    await giveSet(world.admin, 'said', device.id)
    await world.inSync(device)
    const said = await traceOf(device.id)
    const kinds = said.map(({ kind }) => kind)
    expect(kinds.slice(0, 2)).toEqual(['check-in', 'check-in'])
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

  it('is there after a restart', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await world.inSync(device)
    const before = await traceOf(device.id)
    await world.restart()
    expect((await traceOf(device.id)).slice(0, before.length)).toEqual(before)
  })
})
