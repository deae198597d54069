import { diagnoseUnlooked, readConfig, startServer } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { catchUp } from '../harness/catch-up.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { inParallel } from '../harness/fleet.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000

describe.each(databases)('diagnoses are kept on %s', (database) => {
  let world: World
  let skew = 0
  beforeAll(async () => {
    world = await openWorld(database, { now: () => Date.now() + skew })
    await putSet(world.admin, 'kept', { 'kept.test': testConfiguration('kept'), 'kept.on': activation(['kept.test']) })
  })
  afterAll(() => world.close())

  /** Time passes, when everything that was said is written. */
  const later = async (ms: number) => {
    await world.server.services.tracer.flush()
    skew += ms
  }
  const traceOf = async (id: string) =>
    (await world.admin('get-trace', { params: { id }, query: { limit: 500 } })).items
  const keptOf = (id: string) => world.server.services.store.read.diagnosis(id)
  /** The code that counts, once somebody has looked since now. */
  const countsOf = async (id: string, code: string) =>
    eventually(`${id} is ${code}`, async () => {
      const kept = await keptOf(id)
      return kept?.counts?.code === code ? kept.counts : null
    })
  const changesOf = async (id: string) =>
    (await world.server.services.store.scan.events(0, 100_000))
      .filter(({ type, data }) => type === 'diagnosis.changed' && data.enrollment === id)
      .map(({ data }) => [data.before, data.after])
  const gauge = async (code: string) => {
    const text = await (await fetch(`${world.url}/metrics`)).text()
    return Number(new RegExp(`^edict_diagnoses\\{code="${code}"\\} (\\d+)$`, 'm').exec(text)?.[1])
  }
  /** A device that enrolled and was pushed for that. */
  const enrolled = async (name: string): Promise<Wire> => {
    const device = ipad(world.url, `${name}-${database}`)
    await device.enroll()
    await eventually('it was pushed', async () => (await traceOf(device.id)).at(-1)?.kind === 'push')
    return device
  }
  /** A device that enrolled, collected everything, and cannot be pushed any more when something is to be woken. */
  const refused = async (name: string): Promise<Wire> => {
    const device = await enrolled(name)
    await device.enable()
    await device.items()
    const token = Buffer.from(`gone ${name}`)
    await device.send({
      MessageType: 'TokenUpdate',
      UDID: device.id,
      Topic: 'com.apple.mgmt.External.tests',
      Token: token,
      PushMagic: 'magic',
    })
    world.apns.fail((push) => (push.token === token.toString('hex') ? { status: 410, reason: 'Unregistered' } : null))
    await giveSet(world.admin, 'kept', device.id)
    await eventually('the push was refused', async () => (await traceOf(device.id)).at(-1)?.kind === 'push')
    return device
  }

  it('of a device that does as it should: healthy, and that is no news', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await giveSet(world.admin, 'kept', device.id)
    await world.inSync(device)
    await later(MINUTE)
    const { since } = await countsOf(device.id, 'healthy')
    expect(await changesOf(device.id)).toEqual([])
    expect(await gauge('healthy')).toBeGreaterThan(0)
    await later(MINUTE)
    await device.daily()
    await device.settled()
    const { lookedAt: before } = (await keptOf(device.id)) ?? {}
    await later(2 * MINUTE)
    await eventually('somebody looked again', async () => (await keptOf(device.id))?.lookedAt !== before)
    expect((await keptOf(device.id))?.counts).toMatchObject({ code: 'healthy', since })
  })

  it('of a device whose push is refused: the cause, with an event, and again when it comes', async () => {
    const device = await refused('BACK')
    await later(MINUTE)
    const counts = await countsOf(device.id, 'push-not-delivered')
    expect(counts.stage).toBe('not-woken')
    expect(await changesOf(device.id)).toEqual([[null, 'push-not-delivered']])
    expect(await gauge('push-not-delivered')).toBe(1)
    const diagnosis = await world.admin('get-diagnosis', { params: { id: device.id } })
    expect(diagnosis).toMatchObject({ stage: 'not-woken', healthy: false, since: new Date(counts.since).toISOString() })
    const { groups } = await world.admin('get-fleet-diagnosis', {})
    expect(groups.find(({ code }) => code === 'push-not-delivered')).toMatchObject({
      channels: 1,
      since: new Date(counts.since).toISOString(),
      examples: [device.id],
    })
    world.apns.fail(null)
    await later(2 * MINUTE)
    await device.enable()
    await catchUp(device)
    await later(MINUTE)
    await countsOf(device.id, 'healthy')
    expect(await changesOf(device.id)).toEqual([
      [null, 'push-not-delivered'],
      ['push-not-delivered', 'healthy'],
    ])
    const response = await fetch(`${world.url}/api/v1/events?types=diagnosis.changed`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'last-event-id': '0' },
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let told = ''
    while (!told.includes('"after":"healthy"')) told += (await reader?.read())?.value ?? ''
    await reader?.cancel()
    expect(told).toContain(`"enrollment":"${device.id}","before":"push-not-delivered","after":"healthy"`)
  })

  it('of one that is pushed and does not come, by time alone, and after a restart', async () => {
    const device = await enrolled('UNMOVED')
    await device.enable()
    await catchUp(device)
    await later(MINUTE)
    await countsOf(device.id, 'healthy')
    await giveSet(world.admin, 'kept', device.id)
    await eventually('it was pushed', async () => (await traceOf(device.id)).at(-1)?.kind === 'push')
    const { lookedAt } = (await keptOf(device.id)) ?? {}
    await later(75_000)
    await eventually('somebody looked', async () => (await keptOf(device.id))?.lookedAt !== lookedAt)
    // It may be on its way.
    expect((await keptOf(device.id))?.counts?.code).toBe('healthy')
    await world.stop()
    skew += 10 * MINUTE
    await world.start()
    expect((await countsOf(device.id, 'push-without-effect')).stage).toBe('woken-not-connected')
    expect(await changesOf(device.id)).toEqual([['healthy', 'push-without-effect']])
  })

  it('of a channel that should have something else and of which nobody tells, in the round', async () => {
    const device = await enrolled('UNTOLD')
    await device.enable()
    await catchUp(device)
    await later(MINUTE)
    await countsOf(device.id, 'healthy')
    const { store } = world.server.services
    // Its push token is gone, so nothing is sent and nothing is said.
    await store.transaction(async (tx) => {
      const [channel] = await tx.lock([device.id])
      if (channel !== undefined) await tx.saveEnrollments([{ ...channel.enrollment, push: null }])
    })
    const { lookedAt } = (await keptOf(device.id)) ?? {}
    await giveSet(world.admin, 'kept', device.id)
    await later(12 * MINUTE)
    await eventually('the round came by', async () => {
      await diagnoseUnlooked(world.server.services, 1000)
      return (await keptOf(device.id))?.lookedAt !== lookedAt
    })
    // Whoever came by may have been early: then it counts when it has lasted.
    await later(12 * MINUTE)
    // It was pushed for something else before: nothing that was said explains why it is not now.
    expect((await countsOf(device.id, 'unexplained')).stage).toBe('not-woken')
  })

  it('of nobody who has left', async () => {
    const device = await enrolled('LEAVES')
    await later(3 * MINUTE)
    await eventually('it is diagnosed', async () => (await keptOf(device.id))?.counts)
    await device.send({ MessageType: 'CheckOut', UDID: device.id, Topic: 'com.apple.mgmt.External.tests' })
    await later(2 * MINUTE)
    await eventually('nothing is kept', async () => (await keptOf(device.id)) === undefined)
  })

  it('so that the fleet is answered from them, as it would be without', async () => {
    const { store } = world.server.services
    const all = async () => (await store.scan.channelDiagnoses(null, 1000)).items
    await later(11 * MINUTE)
    await eventually('all are fresh', async () => (await all()).every(({ fresh }) => fresh))
    const answer = async () => {
      const { channels, healthy, groups } = await world.admin('get-fleet-diagnosis', {})
      return { channels, healthy, groups: groups.map(({ since: _, ...group }) => group) }
    }
    const kept = await answer()
    expect(kept.groups.length).toBeGreaterThan(1)
    const looks = (await all()).map(({ enrollment }) => enrollment)
    await store.transaction((tx) => tx.dropDiagnoses(looks))
    expect(await answer()).toEqual(kept)
  })
})

describe('diagnoses of two servers on one PostgreSQL', () => {
  it('are kept once, with one event for each change', async () => {
    const { database, remove } = await freshDatabase('postgres')
    let skew = 0
    const config = readConfig(
      { listen: '127.0.0.1:0', database, insecureDevices: true, apns: 'http://127.0.0.1:9' },
      TOKEN,
      MASTER_KEY,
    )
    const surroundings = { log: pino({ level: 'silent' }), authorityKey, now: () => Date.now() + skew }
    const nodes = [await startServer(config, surroundings), await startServer(config, surroundings)] as const
    const [{ services, url }] = nodes
    const devices = Array.from({ length: 60 }, (_, index) => `BOTH-${index}`)
    await inParallel(devices, 8, async (name) => {
      await ipad(url, name).send({
        MessageType: 'Authenticate',
        UDID: `IPAD-${name}`,
        Topic: 'com.apple.mgmt.External.tests',
        ProductName: 'iPad13,1',
        OSVersion: '26.4.2',
      })
    })
    await services.tracer.flush()
    skew += 5 * MINUTE
    await eventually('all are diagnosed', async () => {
      const [count] = await services.store.scan.diagnosisCounts()
      return count?.code === 'no-push-token' && count.channels === devices.length
    })
    const changes = (await services.store.scan.events(0, 10_000)).filter(({ type }) => type === 'diagnosis.changed')
    expect(changes.map(({ data }) => data.enrollment).sort()).toEqual(devices.map((name) => `IPAD-${name}`).sort())
    for (const node of nodes) await node.close()
    await remove()
  })
})

describe.each(databases)('changes of conditions on %s', (database) => {
  let world: World
  let skew = 0
  beforeAll(async () => {
    world = await openWorld(database, { now: () => Date.now() + skew })
  })
  afterAll(() => world.close())

  const later = async (ms: number) => {
    await world.server.services.tracer.flush()
    skew += ms
  }
  const changesOf = async (id: string, identifier: string) =>
    (await world.server.services.store.scan.events(0, 100_000))
      .filter(
        ({ type, data }) => type === 'condition.changed' && data.enrollment === id && data.identifier === identifier,
      )
      .map(({ data }) => [data.from, data.to])
  const told = (id: string, identifier: string, to: string | null) =>
    eventually(`${identifier} is told to be ${to}`, async () => (await changesOf(id, identifier)).at(-1)?.[1] === to)

  it('are told whatever made them, each from where the one before ended', async () => {
    const device = ipad(world.url, `TOLD-${database}`)
    await device.enroll()
    await device.enable()
    await catchUp(device)
    await later(2 * MINUTE)
    await eventually('what stands is known', () => world.server.services.store.read.toldConditions(device.id))

    await putSet(world.admin, 'told', { 'told.test': testConfiguration('one'), 'told.on': activation(['told.test']) })
    await giveSet(world.admin, 'told', device.id)
    await device.connect()
    await later(2 * MINUTE)
    await told(device.id, 'told.test', 'waiting')

    await device.items()
    await later(2 * MINUTE)
    await told(device.id, 'told.test', 'collected')

    await catchUp(device)
    expect((await changesOf(device.id, 'told.test')).at(-1)).toEqual(['collected', 'in-force'])

    // Another version, in force before anybody has looked: that it was collected is told all the same.
    await world.admin('put-declaration', { params: { identifier: 'told.test' }, body: testConfiguration('two') })
    await catchUp(device)
    await catchUp(device, { 'told.test': { valid: 'invalid', reasons: [{ code: 'Error.ConfigurationIsInvalid' }] } })

    await world.admin('delete-enrollment-set', { params: { id: device.id, name: 'told' } })
    await device.connect()
    await later(2 * MINUTE)
    await told(device.id, 'told.test', 'removing')
    await catchUp(device)
    await told(device.id, 'told.test', null)

    expect(await changesOf(device.id, 'told.test')).toEqual([
      [null, 'waiting'],
      ['waiting', 'collected'],
      ['collected', 'in-force'],
      ['in-force', 'collected'],
      ['collected', 'in-force'],
      ['in-force', 'failed'],
      ['failed', 'removing'],
      ['removing', null],
    ])
  })

  it('end with what the conditions are', async () => {
    const device = await world.enroll({ kind: 'ipad' })
    await giveSet(world.admin, 'told', device.id)
    await world.inSync(device)
    await later(2 * MINUTE)
    await eventually('all is told', async () => {
      const { items } = await world.admin('get-conditions', { params: { id: device.id } })
      const kept = await world.server.services.store.read.toldConditions(device.id)
      const are = items.map(({ identifier, condition }) => `${identifier} ${condition}`).sort()
      const were = [...(kept ?? [])].map(([identifier, condition]) => `${identifier} ${condition}`).sort()
      return are.length > 1 && JSON.stringify(are) === JSON.stringify(were)
    })
  })
})
