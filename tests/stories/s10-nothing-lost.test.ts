import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BadLine, badLine, endpointOf, type Fate, first } from '../harness/bad-line.ts'
import { activation, testConfiguration, type Written } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { mailAccount } from '../harness/school.ts'
import { wire } from '../harness/wire.ts'
import { atRest, bodiesIn, disagreements, requestsDuring, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

/** A device that tries again soon. */
const switches = { networkRetry: 0.02, backOff: 0.02, installSeconds: null }

const isStatus = (body: string) => endpointOf(body) === 'status'
const isBody = (body: string) => endpointOf(body)?.startsWith('declaration/') === true

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

const accounts = ['one', 'two', 'three']
const mail: Readonly<Record<string, Written>> = {
  identity: { Type: 'com.apple.asset.useridentity', Payload: { FullName: 'Ada', EmailAddress: 'ada@example.com' } },
  credentials: {
    Type: 'com.apple.asset.credential.userpassword',
    Payload: { Reference: { DataURL: 'https://content.example.com/ada.json', ContentType: 'application/json' } },
  },
  ...Object.fromEntries(accounts.map((name) => [name, mailAccount(name, 'identity', 'credentials')])),
  ...Object.fromEntries(accounts.map((name) => [`${name}.activation`, activation([name])])),
}

describe.each(grounds)('S10 nothing is lost and nothing doubles on %s', (ground) => {
  let world: World
  let line: BadLine
  let device: Device
  beforeAll(async () => {
    world = await openWorld(ground)
    line = badLine(world.url)
    device = await world.enroll({ kind: 'ipad', transport: line, switches })
    await putSet(world.admin, 'mail', mail)
    await giveSet(world.admin, 'mail', device.id)
    await atRest(world, [device])
  })
  afterAll(() => world.close())

  const reports = async () => (await world.admin('list-reports', { params: { id: device.id } })).items
  const item = async (name: string, id = device.id) => (await world.admin('get-status', { params: { id } })).items[name]
  const eventsSince = async (sequence: number) => await world.server.services.store.scan.events(sequence, 1000)
  const lastEvent = () => world.server.services.store.scan.lastEvent()
  const endsWell = async () => {
    await atRest(world, [device])
    expect(await disagreements(world, device)).toEqual([])
  }
  const heals = () => {
    line.fate = () => 'answered'
    return endsWell()
  }

  /** The server restarts once, between the next request that matches and its answer. Resolves when it is there again. */
  const restartsAt = (matches: (body: string) => boolean) =>
    new Promise<void>((resolve, reject) => {
      line.meanwhile = async (body) => {
        if (!matches(body)) return
        line.meanwhile = async () => undefined
        await world.restart().then(resolve, reject)
      }
    })

  it('a report that never arrived comes again, with what changed meanwhile', async () => {
    line.fate = (body) => (isStatus(body) ? 'refused' : 'answered')
    device.model.removePasscode()
    await eventually('the report failed', () => device.requests.at(-1)?.status === 0)
    device.model.setBattery({ health: 'service-recommended' })
    expect(await item('passcode.is-present')).toMatchObject({ value: true })
    await heals()
    expect(await item('passcode.is-present')).toMatchObject({ answer: 'value', value: false })
    expect(await item('device.power.battery-health')).toMatchObject({ value: 'service-recommended' })
  })

  it('a report whose answer was lost comes again: it is taken twice and changes once', async () => {
    const before = (await reports())[0]?.id
    const from = await lastEvent()
    line.fate = first(isStatus, ['answer-lost', 'answer-lost'])
    device.model.toggleAccount('one', 'is-mail-enabled', false)
    await endsWell()
    const all = await reports()
    const fresh = all.slice(
      0,
      all.findIndex(({ id }) => id === before),
    )
    expect(fresh).toHaveLength(3)
    expect(new Set(fresh.map(({ statusItems }) => JSON.stringify(statusItems))).size).toBe(1)
    const events = await eventsSince(from)
    expect(events.filter(({ type }) => type === 'channel.reported')).toHaveLength(3)
    expect(events.filter(({ type }) => type === 'condition.changed')).toEqual([])
  })

  it('true, false, true are three facts', async () => {
    const keys = { UDID: `FACTS-${ground}` }
    const other = wire(world.url, { keys, prove: await world.proof(keys.UDID) })
    await other.enroll()
    const fact = (present: boolean) => other.report({ passcode: { 'is-present': present } })
    const seen: unknown[] = []
    for (const present of [true, false, true, true]) {
      await fact(present)
      seen.push((await item('passcode.is-present', other.id))?.value)
    }
    expect(seen).toEqual([true, false, true, true])
    const { items } = await world.admin('list-reports', { params: { id: other.id } })
    expect(items.map(({ statusItems }) => statusItems)).toEqual(
      [true, true, false, true].map((present) => ({ passcode: { 'is-present': present } })),
    )
  })

  it('and a device that says them over a bad line is understood', async () => {
    line.fate = first(isStatus, ['answer-lost', 'answered', 'refused', 'answer-lost', 'answered', 'answer-lost'])
    for (const present of [true, false, true]) {
      device.model.setPasscode({ present })
      await eventually(`is-present ${present} is known`, async () => {
        return (await item('passcode.is-present'))?.value === present
      })
    }
    await endsWell()
  })

  it('the server restarts between what it committed and its answer: nothing is lost', async () => {
    line.fate = first(isStatus, ['answer-lost'])
    const restarted = restartsAt(isStatus)
    device.model.toggleAccount('two', 'is-mail-enabled', false)
    await restarted
    await endsWell()
  })

  it('bodies that arrived before the line broke are not fetched again, those that did not are fetched once', async () => {
    line.fate = first(isBody, ['answered', 'answer-lost', 'refused'])
    const added = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`sync.${name}`, testConfiguration(name)]))
    await putSet(world.admin, 'sync', { ...added, 'sync.activation': activation(Object.keys(added)) })
    const restarted = restartsAt(isBody)
    const asked = await requestsDuring(world, [device], async () => {
      await giveSet(world.admin, 'sync', device.id)
      await restarted
    })
    const bodies = (asked.get(device) ?? []).filter(({ endpoint }) => endpoint.startsWith('declaration/'))
    expect(bodies.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(bodies.filter(({ status }) => status === 0)).toHaveLength(2)
    expect(new Set(bodiesIn(bodies)).size).toBe(5)
    await endsWell()
  })

  it('a lost manifest is collected again, and the device ends with it', async () => {
    line.fate = first((body) => endpointOf(body) === 'declaration-items', ['answer-lost', 'refused', 'answer-lost'])
    const body = testConfiguration('another')
    await requestsDuring(world, [device], () =>
      world.admin('put-declaration', { params: { identifier: 'sync.a' }, body }),
    )
    await endsWell()
    const { version } = await world.admin('get-declaration', { params: { identifier: 'sync.a' } })
    expect(version).toBe(2)
  })

  it('an acknowledgement that was lost is sent again, and the manifest is collected once', async () => {
    const from = await lastEvent()
    line.fate = first((body) => body.includes('<string>Acknowledged</string>'), ['refused', 'answer-lost'])
    await requestsDuring(world, [device], () =>
      world.admin('put-declaration', { params: { identifier: 'sync.b' }, body: testConfiguration('offered') }),
    )
    await endsWell()
    const collected = (await eventsSince(from)).filter(({ type }) => type === 'channel.collected')
    expect(collected).toHaveLength(1)
  })

  it('a command is carried out once, however often it or its result is lost, and answered once', async () => {
    const from = await lastEvent()
    const isResult = (body: string) => body.includes('<key>CommandUUID</key>')
    const fates = first(
      (body) => body.includes('<string>Idle</string>') || isResult(body),
      ['answer-lost', 'refused', 'answered', 'answer-lost', 'refused', 'answer-lost'],
    )
    line.fate = (body) => (endpointOf(body) === undefined ? fates(body) : 'answered')
    const body = { RequestType: 'InstallApplication', Identifier: 'com.example.once' }
    const { uuid } = await world.admin('send-command', { params: { id: device.id }, body })
    await eventually('the command is acknowledged', async () => {
      const { items } = await world.admin('list-commands', { params: { id: device.id } })
      return items.find((command) => command.uuid === uuid)?.state === 'acknowledged'
    })
    await eventually('the device got rid of its result', () => device.requests.at(-1)?.status === 200)
    await endsWell()
    const { items } = await world.admin('list-commands', { params: { id: device.id } })
    expect(items.filter(({ requestType }) => requestType === 'InstallApplication')).toHaveLength(1)
    const changes = (await eventsSince(from)).filter(
      ({ type, data }) => type === 'command.changed' && data.uuid === uuid,
    )
    expect(changes.map(({ data }) => data.state)).toEqual([...new Set(changes.map(({ data }) => data.state))])
    expect(changes.at(-1)?.data.state).toBe('acknowledged')
    expect(viewOf(device).status['mdm.app']).toEqual([
      expect.objectContaining({ identifier: 'com.example.once', state: 'installing' }),
    ])
  })

  it('an administrator who did not hear the answer repeats the write: no new version, nobody is woken', async () => {
    const write = { params: { identifier: 'sync.c' }, body: testConfiguration('written twice') }
    await requestsDuring(world, [device], () => world.admin('put-declaration', write))
    const versions = async () =>
      (await world.admin('list-declaration-versions', { params: { identifier: 'sync.c' } })).items.length
    const before = { versions: await versions(), pushes: world.pushes.length }
    await world.restart()
    const asked = await requestsDuring(world, [device], async () => {
      await world.admin('put-declaration', write)
      await giveSet(world.admin, 'sync', device.id)
    })
    expect(asked.get(device)).toEqual([])
    expect({ versions: await versions(), pushes: world.pushes.length }).toEqual(before)
    expect(await disagreements(world, device)).toEqual([])
  })

  it.each([1, 2, 3])('incremental arrays end equal over a line that fails at random (seed %i)', async (seed) => {
    const random = seeded(seed)
    const fates: readonly Fate[] = ['answered', 'answered', 'answer-lost', 'refused']
    line.fate = (body) =>
      endpointOf(body) === undefined ? 'answered' : (fates[Math.floor(random() * 4)] ?? 'answered')
    for (const name of accounts) {
      device.model.toggleAccount(name, 'is-mail-enabled', random() < 0.5)
      const declarations = Object.keys(mail).filter((identifier) => !identifier.startsWith(name))
      await world.admin('put-set', { params: { name: 'mail' }, body: { declarations } })
      await eventually(`${name} is gone from the device`, () => {
        return viewOf(device).held.every(({ identifier }) => identifier !== name)
      })
      if (name === 'two') await world.restart()
    }
    await world.admin('put-set', { params: { name: 'mail' }, body: { declarations: Object.keys(mail) } })
    await heals()
    const list = (await item('account.list.mail.incoming'))?.value as unknown as readonly { identifier: string }[]
    expect(list).toHaveLength(accounts.length)
    expect(new Set(list.map(({ identifier }) => identifier)).size).toBe(accounts.length)
  })

  it('an enrollment whose answer was lost is one enrollment when it is repeated', async () => {
    const bad = badLine(world.url)
    const late = world.make({ kind: 'ipad', transport: bad, switches })
    bad.fate = first((body) => body.includes('<string>Authenticate</string>'), ['answer-lost'])
    await expect(late.enroll()).rejects.toThrow('no answer')
    bad.fate = first((body) => body.includes('<string>TokenUpdate</string>'), ['answer-lost'])
    await expect(late.enroll()).rejects.toThrow('no answer')
    await late.enroll()
    await atRest(world, [late])
    const { items } = await world.admin('list-enrollments', { query: { q: late.id } })
    expect(items.map(({ id, state }) => [id, state])).toEqual([[late.id, 'enrolled']])
    expect(await disagreements(world, late)).toEqual([])
  })
})
