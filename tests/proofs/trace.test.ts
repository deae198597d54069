import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000

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
