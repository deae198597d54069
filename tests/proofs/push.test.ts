import { readConfig, startServer, sweepSilent } from '@edict/server'
import { faultOf } from '@edict/simulator'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { adminOf, TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { enrolledFleet, pushTokenOf } from '../harness/fleet.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { pushAuthority } from '../harness/push-authority.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const DAY = 86_400_000
/** That of devices that are spoken for by hand. */
const TOPIC = 'com.apple.mgmt.External.tests'

describe.each(databases)('pushing on %s', (database) => {
  let world: World
  let now: number
  const seconds = (count: number) => {
    now += count * 1000
  }
  beforeEach(async () => {
    now = Date.now()
    world = await openWorld(database, { pushTopic: TOPIC, now: () => now, options: { secondPush: '10' } })
    await putSet(world.admin, 'set', { 'push.test': testConfiguration('first') })
  })
  afterEach(() => world.close())

  const pendingWakes = async () => (await world.server.services.store.scan.counts()).pendingWakes
  const channelOf = async ({ id }: Wire) => (await world.server.services.store.read.channel(id))?.enrollment
  const pushesTo = (device: Wire) => world.pushes.filter((token) => token === pushTokenOf(device)).length
  const pushed = (device: Wire, times: number) =>
    eventually(`${device.id} is pushed ${times} times`, () => pushesTo(device) >= times)
  const enrolled = async (name: string) => {
    const device = ipad(world.url, name)
    await device.enroll()
    seconds(1)
    await pushed(device, 1)
    await device.enable()
    await device.items()
    seconds(1)
    return device
  }
  /** Goes on, a second at a time, until it is so. */
  const inTime = (what: string, look: () => Promise<boolean> | boolean) =>
    eventually(what, async () => {
      seconds(1)
      return look()
    })

  it('goes over TLS by the certificate of the topic, and a device that obeys comes and holds what it should', async () => {
    // Devices that obey go by the clock of this machine.
    const real = await openWorld(database, { pushTopic: TOPIC })
    await putSet(real.admin, 'set', { 'push.test': testConfiguration('first') })
    const device = await real.enroll({ kind: 'ipad', topic: TOPIC })
    await giveSet(real.admin, 'set', device.id)
    await real.inSync(device)
    expect([real.apns.connections, real.apns.pushes > 0]).toEqual([1, true])
    await real.close()
  })

  it('of a token that has gone retires it, and nothing else: the device comes by itself, with a new one', async () => {
    const device = await enrolled('GONE')
    const period = (await channelOf(device))?.period
    world.apns.fail(() => ({ status: 410, reason: 'Unregistered', since: now }))
    await giveSet(world.admin, 'set', device.id)
    seconds(2)
    await eventually('the token is retired', async () => (await channelOf(device))?.push === null)
    world.apns.fail(null)
    const before = pushesTo(device)
    await world.admin('nudge-enrollment', { params: { id: device.id } })
    await eventually('nobody is to be woken', async () => (await pendingWakes()) === 0)
    expect(pushesTo(device)).toBe(before)
    expect(await channelOf(device)).toMatchObject({ state: 'enrolled', period })
    expect(await device.connect()).not.toBeNull()
    await device.updateToken()
    seconds(2)
    await pushed(device, before + 1)
  })

  it('of a token that was told after it had gone keeps it', async () => {
    const device = await enrolled('BACK')
    const long = now - DAY
    world.apns.fail(() => ({ status: 410, reason: 'Unregistered', since: long }))
    await world.admin('nudge-enrollment', { params: { id: device.id } })
    await eventually('the push is answered', async () => world.apns.pushes >= 2 && (await pendingWakes()) === 0)
    expect((await channelOf(device))?.push).not.toBeNull()
  })

  it('of a device that has just enrolled and does not come is repeated once; of one that came it is not', async () => {
    const silent = ipad(world.url, 'SILENT')
    const busy = ipad(world.url, 'BUSY')
    for (const device of [silent, busy]) await device.enroll()
    seconds(1)
    for (const device of [silent, busy]) await pushed(device, 1)
    await eventually('the second pushes are planned', async () => (await pendingWakes()) === 0)
    seconds(1)
    await busy.connect()
    seconds(10)
    await pushed(silent, 2)
    seconds(60)
    await world.admin('nudge-enrollment', { params: { id: silent.id } })
    await pushed(silent, 3)
    expect([pushesTo(silent), pushesTo(busy)]).toEqual([3, 1])
  })

  it('that the service is too busy for is sent when it is not, also by a server that was started meanwhile', async () => {
    const device = await enrolled('LATER')
    const refused = new Set<string>()
    world.apns.fail(({ token }) => {
      refused.add(token)
      return { status: 429, reason: 'TooManyRequests', retryAfter: 600 }
    })
    await giveSet(world.admin, 'set', device.id)
    seconds(2)
    const before = pushesTo(device)
    await eventually('it is put off', () => refused.has(pushTokenOf(device)))
    await world.restart()
    world.apns.fail(null)
    expect(await pendingWakes()).toBe(1)
    seconds(590)
    expect(pushesTo(device)).toBe(before)
    await inTime('it is sent', () => pushesTo(device) === before + 1)
    await eventually('nobody is to be woken', async () => (await pendingWakes()) === 0)
  })

  it('that the whole fleet is refused raises one alarm, disables nobody, and goes on from where it was', async () => {
    const fleet = await enrolledFleet(world.url, 'fleet', 400)
    seconds(1)
    for (const device of fleet) await pushed(device, 1)
    await eventually('nobody is to be woken', async () => (await pendingWakes()) === 0)
    const { admin } = world
    await admin('put-group', { params: { name: 'fleet' }, body: { enrollments: fleet.map(({ id }) => id) } })
    // They go elsewhere by that, and have not come yet.
    seconds(2)
    await eventually('nobody is to be woken', async () => (await pendingWakes()) === 0)
    const before = world.apns.pushes
    world.apns.fail(faultOf('400'))
    await admin('put-group-set', { params: { name: 'fleet', set: 'set' }, body: {} })
    seconds(2)
    const [alarm] = await eventually('there is an alarm', async () => {
      const { alarms } = await admin('get-push-certificate')
      return alarms.length > 0 && alarms
    })
    expect(alarm).toMatchObject({ topic: TOPIC, reason: 'BadDeviceToken', devices: 25, of: 50 })
    const metrics = async () => (await fetch(`${world.url}/metrics`)).text()
    expect(await metrics()).toContain(`edict_push_circuit_open{topic="${TOPIC}"} 1`)
    // The alarm is there at once, its event when it is written.
    const told = await eventually('the event', async () => {
      const events = await world.server.services.store.scan.events(0, 100_000)
      const changed = events.filter(({ type }) => type === 'push-circuit.changed')
      return changed.length > 0 && changed.map(({ data }) => data)
    })
    expect(told).toEqual([{ topic: TOPIC, state: 'open', reason: 'BadDeviceToken', devices: 25 }])
    // What was under way when it opened, a page at most, and the five that try.
    expect(world.apns.pushes - before).toBeLessThanOrEqual(200)
    const tokens = await Promise.all(fleet.map(async (device) => (await channelOf(device))?.push))
    expect(tokens.filter((push) => push === null)).toEqual([])

    world.apns.fail(null)
    const delivered = world.pushes.length
    await inTime('the alarm is over', async () => (await admin('get-push-certificate')).alarms.length === 0)
    await inTime('nobody is to be woken', async () => (await pendingWakes()) === 0)
    expect(await metrics()).toContain(`edict_push_circuit_open{topic="${TOPIC}"} 0`)
    const sent = new Set(world.pushes.slice(delivered))
    expect(fleet.filter((device) => !sent.has(pushTokenOf(device)))).toEqual([])
  })

  it('finds who is silent for days and has something to come for, by pages, and once a day', async () => {
    const { services } = world.server
    const [behind, waiting, done] = [await enrolled('S-1'), await enrolled('S-2'), await enrolled('S-3')]
    world.apns.fail(faultOf('400'))
    await giveSet(world.admin, 'set', behind.id)
    await world.admin('send-command', {
      params: { id: waiting.id },
      body: { RequestType: 'SecurityInfo' },
    })
    seconds(2)
    await eventually('nobody is to be woken', async () => (await pendingWakes()) === 0)
    world.apns.fail(null)
    expect(await sweepSilent(services)).toEqual([])
    expect(await sweepSilent(services)).toBeNull()
    now += DAY + 60_000
    const before = [behind, waiting, done].map(pushesTo)
    const found = [await sweepSilent(services, 2), await sweepSilent(services, 2), await sweepSilent(services, 2)]
    expect(found).toEqual([[behind.id, waiting.id], [], null])
    for (const [index, device] of [behind, waiting].entries()) await pushed(device, (before[index] ?? 0) + 1)
    expect(pushesTo(done)).toBe(before[2])
    now += 8 * DAY
    expect(await sweepSilent(services)).toEqual([])
  })
})

describe.each(databases)('a push certificate on %s', (database) => {
  let world: World
  let now = Date.now()
  const authority = pushAuthority()
  const OTHER = 'com.apple.mgmt.External.other'
  beforeAll(async () => {
    world = await openWorld(database, { pushTopic: TOPIC, now: () => now })
  })
  afterAll(() => world.close())
  /** Another server on the same database. */
  const another = () => ({
    listen: '127.0.0.1:0',
    database: world.database,
    apns: world.apns.url,
    insecureDevices: true,
  })
  const surroundings = { authorityKey, log: pino({ level: 'silent' }) }
  const put = (body: { certificate: string; key?: string; force?: boolean }) =>
    world.admin('put-push-certificate', { body })
  const refused = (body: { certificate: string; key?: string; force?: boolean }) =>
    world.admin.refused('put-push-certificate', { body })

  it('is shown with its topic and its end, and never with its key', async () => {
    const { current, earlier, requests, alarms } = await world.admin('get-push-certificate')
    expect(current).toMatchObject({ topic: TOPIC, warning: null, subject: expect.stringContaining(TOPIC) })
    expect([earlier, requests, alarms]).toEqual([[], [], []])
    const metrics = await (await fetch(`${world.url}/metrics`)).text()
    const left = Number(/^edict_push_certificate_expiry_seconds\{topic="[^"]+"\} (\d+)$/m.exec(metrics)?.[1])
    expect(left / 86_400).toBeGreaterThan(364)
  })

  it.each([
    ['without a topic', async () => (await authority).issue('com.example.app'), /no topic/],
    ['that has expired', async () => (await authority).issue(TOPIC, { now: now - 30 * DAY, days: 10 }), /expired/],
    ['that is not valid yet', async () => (await authority).issue(TOPIC, { now: now + 3 * DAY }), /not valid yet/],
    ['for servers', async () => (await authority).issue(TOPIC, { forServers: true }), /not for clients/],
    [
      'with the key of another',
      async () => ({ ...(await (await authority).issue(TOPIC)), key: (await (await authority).issue(TOPIC)).key }),
      /not the one of the certificate/,
    ],
    [
      'that is none',
      async () => ({ ...(await (await authority).issue(TOPIC)), certificate: 'MIIC…' }),
      /no CERTIFICATE/,
    ],
    ['with a key that is none', async () => ({ ...(await (await authority).issue(TOPIC)), key: 'MIIC…' }), /this key/],
  ])('%s is refused, with what to do', async (_, make, message) => {
    const problem = await refused(await make())
    expect(problem).toMatchObject({ status: 422, code: 'push-certificate-unusable', remedy: expect.any(String) })
    expect(problem.detail).toMatch(message)
    expect((await world.admin('get-push-certificate')).current?.topic).toBe(TOPIC)
  })

  it('that is renewed takes the place of the one before, and is pushed by at once', async () => {
    const device = ipad(world.url, 'RENEWED')
    await device.enroll()
    const before = (await world.admin('get-push-certificate')).current
    const { current, earlier } = await put(await (await authority).issue(TOPIC, { days: 40 }))
    expect(current?.fingerprint).not.toBe(before?.fingerprint)
    expect([earlier, current?.warning]).toEqual([[], '60-days'])
    // The double knows the authority that the world was made with alone.
    world.apns.fail(null)
    const connections = world.apns.connections
    await world.admin('nudge-enrollment', { params: { id: device.id } })
    await eventually('another session is opened', () => world.apns.connections > connections)
  })

  it('for another topic is refused while devices have this one, and kept beside it when that is forced', async () => {
    const other = await (await authority).issue(OTHER)
    expect(await refused(other)).toMatchObject({ status: 409, code: 'push-topic-differs', found: OTHER })
    const { current, earlier } = await put({ ...other, force: true })
    expect([current?.topic, earlier.map(({ topic }) => topic)]).toEqual([OTHER, [TOPIC]])
    expect(world.server.services.reach.topic).toBe(OTHER)
    await world.restart()
    expect(world.server.services.reach.topic).toBe(OTHER)
    expect((await put({ ...(await (await authority).issue(TOPIC)), force: true })).current?.topic).toBe(TOPIC)
  })

  it('that was asked for here needs no key, and fits no other request', async () => {
    const first = await world.admin('request-push-certificate')
    const second = await world.admin('request-push-certificate', { body: { name: 'Example School' } })
    expect(first.request).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/)
    const foreign = await (await authority).issue(TOPIC)
    expect(await refused({ certificate: foreign.certificate })).toMatchObject({ status: 409, code: 'push-key-missing' })
    const certificate = await (await authority).sign(TOPIC, second.request)
    const { current, requests } = await put({ certificate })
    expect(current?.topic).toBe(TOPIC)
    expect(requests.map(({ id }) => id)).toEqual([first.id])
    // Renewed with the same request, as Apple allows.
    const renewed = await (await authority).sign(TOPIC, second.request)
    expect((await put({ certificate: renewed })).requests.map(({ id }) => id)).toEqual([first.id])
  })

  it('lies with its key sealed, and the audit and the events have nothing of it', async () => {
    const { certificate, key } = await (await authority).issue(TOPIC)
    await put({ certificate, key })
    const body = key.replaceAll(/-----[A-Z ]+-----|\s/g, '')
    const { store } = world.server.services
    const audit = await world.admin('list-audit', { query: { limit: 100 } })
    const events = await store.scan.events(0, 100_000)
    const secrets = await store.read.secrets('edict.server')
    const kept = await Promise.all(secrets.map(({ name, period }) => store.read.secret('edict.server', name, period)))
    const stored = kept.map((one) => Buffer.from(one?.value ?? []).toString('base64'))
    for (const text of [JSON.stringify(audit), JSON.stringify(events), ...stored])
      expect(text).not.toContain(body.slice(0, 40))
    expect(audit.items.find(({ action }) => action === 'put-push-certificate')?.detail).toMatchObject({ topic: TOPIC })
    expect(events.some(({ type }) => type === 'push-certificate.changed')).toBe(true)
  })

  it.skipIf(database === 'sqlite')('is pushed by on every node, seconds after one imported it', async () => {
    const node = await startServer(readConfig(another(), TOKEN, MASTER_KEY), surroundings)
    const { current } = await put(await (await authority).issue(TOPIC))
    const { pushCertificates } = node.services
    await eventually('the other node knows it', async () => {
      return pushCertificates.used[0]?.certificate.fingerprint === current?.fingerprint
    })
    expect((await pushCertificates.credentials(TOPIC))?.fingerprint).toBe(current?.fingerprint)
    await node.close()
  })

  it('decides the topic: a server that is started with another one says so, and takes no certificate for another', async () => {
    await world.stop()
    const config = (topic: string) => readConfig({ ...another(), topic }, TOKEN, MASTER_KEY)
    await expect(startServer(config(OTHER), surroundings)).rejects.toThrow(`the push certificate is for ${TOPIC}`)
    const sure = await startServer(config(TOPIC), surroundings)
    const other = await (await authority).issue(OTHER)
    const problem = await adminOf(sure.url).refused('put-push-certificate', { body: { ...other, force: true } })
    expect(problem).toMatchObject({ status: 409, code: 'push-topic-differs', expected: TOPIC })
    await sure.close()
    await world.start()
  })

  it('that nears its end is warned of in steps, once a day each', async () => {
    const { current } = await put(await (await authority).issue(TOPIC, { days: 70 }))
    const end = Date.parse(current?.expiresAt ?? '')
    const warnings: unknown[] = []
    for (const days of [61, 60, 59.9, 30, 14, 7, 1, 0.5, -1]) {
      now = end - days * DAY
      warnings.push((await world.admin('get-push-certificate')).current?.warning)
    }
    expect(warnings).toEqual([null, '60-days', '60-days', '30-days', '14-days', '7-days', '1-day', '1-day', 'expired'])
    now = Date.now()
  })
})
