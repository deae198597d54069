import type { Command, ConnectMessage, IdentityKeys } from '@edict/protocol'
import { giveUpCommands } from '@edict/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { eventually } from '../harness/eventually.ts'
import { pushTokenOf } from '../harness/fleet.ts'
import { ipad, type Wire, wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000
type Body = { readonly RequestType: string; readonly [key: string]: unknown }

describe.each(databases)('commands on %s', (database) => {
  let world: World
  let clock = Date.UTC(2026, 8, 1)
  beforeAll(async () => {
    world = await openWorld(database, { now: () => clock })
  })
  afterAll(() => world.close())

  /** Enrolled, and with nothing to be offered. */
  const ready = async (device: Wire, facts = { ProductName: 'iPad13,1', OSVersion: '26.4.2' }): Promise<Wire> => {
    await device.enroll(facts)
    await device.enable()
    await device.items()
    return device
  }
  const readyMac = (name: string) =>
    ready(wire(world.url, { keys: { UDID: `MAC-${name}` } }), { ProductName: 'Mac15,12', OSVersion: '26.4.2' })
  const send = (device: Wire, body: Body, query: { readonly override?: string; readonly ttl?: number } = {}) =>
    world.admin('send-command', { params: { id: device.id }, body, query })
  const call = (
    name: 'get-command' | 'cancel-command' | 'confirm-command' | 'retry-command',
    device: Wire,
    uuid: string,
  ) => world.admin(name, { params: { id: device.id, uuid } })
  const stateOf = async (device: Wire, uuid: string) => (await call('get-command', device, uuid)).state
  const answer = (
    command: Command | null | string,
    Status: ConnectMessage['Status'] = 'Acknowledged',
    response = {},
  ) => {
    const CommandUUID = typeof command === 'string' ? command : (command?.CommandUUID ?? '')
    return { Status, CommandUUID, response } as unknown as Omit<ConnectMessage, keyof IdentityKeys>
  }
  const erase: Body = { RequestType: 'EraseDevice' }
  const info: Body = { RequestType: 'DeviceInformation', Queries: ['OSVersion'] }
  const profiles: Body = { RequestType: 'ProfileList' }

  describe('before they are queued', () => {
    it('are refused with everything that is wrong, each with its place in what was sent', async () => {
      const device = await ready(ipad(world.url, 'CHECKED'))
      const body = { RequestType: 'InstallApplication', iTunesStoreID: '1', ManagementFlags: 2 }
      const problem = await world.admin.refused('send-command', { params: { id: device.id }, body })
      expect(problem).toMatchObject({ status: 422, code: 'payload-type' })
      expect(problem.problems?.map(({ code, at, line }) => [code, at, line])).toEqual([
        ['payload-type', '/iTunesStoreID', 1],
        ['payload-range', '/ManagementFlags', 1],
      ])
      expect(await device.connect()).toBeNull()
      expect((await world.admin('list-commands', { params: { id: device.id } })).items).toEqual([])
    })

    it('are refused where the channel does not have them, and queued by an override, which is recorded', async () => {
      const device = await ready(ipad(world.url, 'OVERRIDE'))
      const body = { RequestType: 'SetRecoveryLock', NewPassword: 'x' }
      expect(await world.admin.refused('send-command', { params: { id: device.id }, body })).toMatchObject({
        code: 'command-unavailable',
      })
      const sent = await send(device, body, { override: 'a beta has it' })
      expect(sent.problems).toMatchObject([{ code: 'command-unavailable', severity: 'warning', overridden: true }])
      const { items } = await world.admin('list-audit', { query: { limit: 1 } })
      expect(items[0]).toMatchObject({ action: 'send-command', detail: { override: 'a beta has it' } })
      expect((await device.connect())?.CommandUUID).toBe(sent.uuid)
    })

    it('are warned of when Apple takes them away', async () => {
      const device = await ready(ipad(world.url, 'WARNED'))
      const { problems } = await send(device, { RequestType: 'OSUpdateStatus' })
      expect(problems).toMatchObject([{ code: 'command-deprecated', severity: 'warning' }])
    })

    it('carry data, dates and integers as they were meant', async () => {
      const device = await ready(ipad(world.url, 'DATA'))
      await send(device, { RequestType: 'ClearPasscode', UnlockToken: { $data: 'AAH/' } })
      expect((await device.connect())?.Command.UnlockToken).toEqual(new Uint8Array([0, 1, 255]))
    })
  })

  describe('in a connection', () => {
    it('come one by one, the same UUID until the result comes, and a result twice counts once', async () => {
      const device = await ready(ipad(world.url, 'ORDER'))
      const first = await send(device, info)
      const second = await send(device, profiles)
      const offered = await device.connect()
      expect(offered?.CommandUUID).toBe(first.uuid)
      // The answer got lost, or the device was switched off.
      expect((await device.connect())?.CommandUUID).toBe(first.uuid)
      const result = answer(offered, 'Acknowledged', { QueryResponses: { OSVersion: '26.4.2' } })
      expect((await device.connect(result))?.CommandUUID).toBe(second.uuid)
      const { answeredAt } = await call('get-command', device, first.uuid)
      clock += MINUTE
      expect((await device.connect(result))?.CommandUUID).toBe(second.uuid)
      expect(await call('get-command', device, first.uuid)).toMatchObject({ state: 'acknowledged', answeredAt })
      expect(await device.connect(answer(second.uuid))).toBeNull()
    })

    it('that let a device go come last, whatever was queued first', async () => {
      const device = await ready(ipad(world.url, 'LAST'))
      const release = await send(device, { RequestType: 'DeviceConfigured' })
      const first = await send(device, profiles)
      expect((await device.connect())?.CommandUUID).toBe(first.uuid)
      expect((await device.connect(answer(first.uuid)))?.CommandUUID).toBe(release.uuid)
    })

    it('that are refused for the moment come again at the next Idle, others meanwhile; then the device is woken', async () => {
      const device = await ready(ipad(world.url, 'NOTNOW'))
      const refused = await send(device, { RequestType: 'SecurityInfo' })
      const other = await send(device, info)
      const offered = await device.connect()
      expect((await device.connect(answer(offered, 'NotNow')))?.CommandUUID).toBe(other.uuid)
      const pushes = () => world.pushes.filter((token) => token === pushTokenOf(device)).length
      await eventually('it was pushed for its commands', () => pushes() > 0)
      const before = pushes()
      expect(await device.connect(answer(other.uuid))).toBeNull()
      clock += 5 * MINUTE - 1
      expect(pushes()).toBe(before)
      clock += 1
      await eventually('it is woken again', () => pushes() === before + 1)
      expect((await device.connect())?.CommandUUID).toBe(refused.uuid)
      expect(await device.connect(answer(refused.uuid, 'NotNow'))).toBeNull()
      expect(await stateOf(device, refused.uuid)).toBe('not-now')
    })
  })

  describe('that cannot be taken back', () => {
    it('are sent once: unanswered, they wait for somebody to confirm, under the same UUID', async () => {
      const device = await ready(ipad(world.url, 'ONCE'))
      const { uuid, once, expiresAt } = await send(device, erase)
      expect([once, expiresAt]).toEqual([true, new Date(clock + 60 * MINUTE).toISOString()])
      expect((await device.connect())?.CommandUUID).toBe(uuid)
      expect(await device.connect()).toBeNull()
      expect(await stateOf(device, uuid)).toBe('unanswered')
      expect(await device.connect()).toBeNull()
      expect((await call('confirm-command', device, uuid)).state).toBe('queued')
      expect((await device.connect())?.CommandUUID).toBe(uuid)
      await device.connect(answer(uuid))
      expect(await stateOf(device, uuid)).toBe('acknowledged')
    })

    it('are not sent again when another result is repeated, and a late answer counts', async () => {
      const device = await ready(ipad(world.url, 'REPEAT'))
      const first = await send(device, info)
      const { uuid } = await send(device, erase)
      await device.connect()
      expect((await device.connect(answer(first.uuid)))?.CommandUUID).toBe(uuid)
      expect(await device.connect(answer(first.uuid))).toBeNull()
      await device.connect()
      await device.connect(answer(uuid))
      expect(await stateOf(device, uuid)).toBe('acknowledged')
    })

    it('expire when the device does not come in time, whoever looks first: the device, or the clock', async () => {
      const [coming, away] = [await ready(ipad(world.url, 'COMING')), await ready(ipad(world.url, 'AWAY'))]
      const one = await send(coming, erase)
      const other = await send(away, erase, { ttl: 60 })
      const harmless = await send(away, profiles)
      clock += 60 * MINUTE
      expect(await coming.connect()).toBeNull()
      expect(await stateOf(coming, one.uuid)).toBe('expired')
      await giveUpCommands(world.server.services)
      expect(await stateOf(away, other.uuid)).toBe('expired')
      expect((await away.connect())?.CommandUUID).toBe(harmless.uuid)
    })

    it('may have been done when their time is over and they were sent', async () => {
      const device = await ready(ipad(world.url, 'SENT'))
      const { uuid } = await send(device, erase, { ttl: 60 })
      await device.connect()
      clock += MINUTE
      await giveUpCommands(world.server.services)
      expect(await stateOf(device, uuid)).toBe('unanswered')
    })

    it('are DeviceLock on a Mac and not on an iPad, and RemoveProfile of the enrollment', async () => {
      const [mac, pad] = [await readyMac('LOCK'), await ready(ipad(world.url, 'LOCK'))]
      const lock = { RequestType: 'DeviceLock' }
      expect((await send(mac, { ...lock, PIN: '123456' })).once).toBe(true)
      expect((await send(pad, lock)).once).toBeUndefined()
      expect((await send(pad, { RequestType: 'RemoveProfile', Identifier: 'com.example.wifi' })).once).toBeUndefined()
      expect((await send(pad, { RequestType: 'RemoveProfile', Identifier: 'edict.enrollment' })).once).toBe(true)
    })
  })

  describe('that are taken back', () => {
    it('are not sent; one that was sent keeps its late result, which changes nothing', async () => {
      const device = await ready(ipad(world.url, 'CANCEL'))
      const waiting = await send(device, info)
      expect((await call('cancel-command', device, waiting.uuid)).state).toBe('cancelled')
      expect(await device.connect()).toBeNull()
      const sent = await send(device, info)
      const offered = await device.connect()
      await call('cancel-command', device, sent.uuid)
      const late = answer(offered, 'Acknowledged', { QueryResponses: { DeviceName: 'Late' } })
      expect(await device.connect(late)).toBeNull()
      expect(await call('get-command', device, sent.uuid)).toMatchObject({
        state: 'cancelled',
        response: { QueryResponses: { DeviceName: 'Late' } },
      })
      const enrollment = await world.admin('get-enrollment', { params: { id: device.id } })
      expect(JSON.stringify(enrollment)).not.toContain('Late')
    })

    it('race with their result: one of the two counts, and both agree', async () => {
      const device = await ready(ipad(world.url, 'RACE'))
      for (let round = 0; round < 5; round++) {
        const { uuid } = await send(device, info)
        const offered = await device.connect()
        const params = { id: device.id, uuid }
        const [cancelled] = await Promise.allSettled([
          world.admin('cancel-command', { params }),
          device.connect(answer(offered)),
        ])
        const expected = cancelled.status === 'fulfilled' ? 'cancelled' : 'acknowledged'
        expect(await stateOf(device, uuid)).toBe(expected)
      }
    })

    it('cannot be taken back twice, confirmed when nobody doubts them, or found when there are none', async () => {
      const device = await ready(ipad(world.url, 'FINISHED'))
      const { uuid } = await send(device, info)
      await call('cancel-command', device, uuid)
      const params = { id: device.id, uuid }
      expect(await world.admin.refused('cancel-command', { params })).toMatchObject({ status: 409, found: 'cancelled' })
      expect(await world.admin.refused('confirm-command', { params })).toMatchObject({ code: 'command-finished' })
      const missing = { params: { ...params, uuid: 'NONE' } }
      expect(await world.admin.refused('get-command', missing)).toMatchObject({ status: 404, code: 'command-missing' })
    })

    it('can be queued again, as new ones with the same time to wait', async () => {
      const device = await ready(ipad(world.url, 'RETRY'))
      const { uuid } = await send(device, erase, { ttl: 60 })
      expect(await world.admin.refused('retry-command', { params: { id: device.id, uuid } })).toMatchObject({
        code: 'command-finished',
      })
      await call('cancel-command', device, uuid)
      const again = await call('retry-command', device, uuid)
      expect(again).toMatchObject({ state: 'queued', once: true, requestType: 'EraseDevice' })
      expect(again.uuid).not.toBe(uuid)
      expect(Date.parse(again.expiresAt ?? '')).toBe(clock + MINUTE)
    })
  })

  it('survive a server that dies between the command and its result', async () => {
    const device = await ready(ipad(world.url, 'CRASH'))
    const harmless = await send(device, profiles)
    const harmful = await send(device, erase)
    await device.connect()
    await world.restart()
    expect((await device.connect(answer(harmless.uuid)))?.CommandUUID).toBe(harmful.uuid)
    await world.restart()
    expect(await stateOf(device, harmless.uuid)).toBe('acknowledged')
    expect(await device.connect()).toBeNull()
    expect(await stateOf(device, harmful.uuid)).toBe('unanswered')
  })

  it('and status make one model of the apps, in which what is told once stays', async () => {
    const device = await ready(ipad(world.url, 'APPS'))
    const apps = async () =>
      (await world.admin('list-apps', { params: { id: device.id } })).items.map(({ identifier, state, managedBy }) => [
        identifier,
        state,
        managedBy,
      ])
    const { uuid } = await send(device, { RequestType: 'InstallApplication', Identifier: 'com.apple.Pages' })
    await device.connect()
    await device.connect(answer(uuid, 'Acknowledged', { Identifier: 'com.apple.Pages', State: 'Prompting' }))
    expect(await apps()).toEqual([['com.apple.Pages', 'prompting', 'command']])
    await device.report({ mdm: { app: [{ identifier: 'com.apple.Pages', state: 'user-rejected' }] } })
    await device.report({ mdm: { app: [{ identifier: 'com.apple.Pages', _removed: true }] } })
    await device.report({ app: { managed: { list: [{ identifier: 'com.apple.Keynote', state: 'managed' }] } } })
    expect(await apps()).toEqual([
      ['com.apple.Keynote', 'managed', 'declaration'],
      ['com.apple.Pages', 'user-rejected', 'command'],
    ])
    await device.report({ app: { managed: { list: [] } } }, true)
    expect(await apps()).toEqual([['com.apple.Pages', 'user-rejected', 'command']])
    await device.enroll()
    expect(await apps()).toEqual([])
  })

  describe('on a simulated device', () => {
    const answers = async (id: string, uuid: string) =>
      eventually(`${id} answers`, async () => {
        const command = await world.admin('get-command', { params: { id, uuid } })
        return /^(acknowledged|error|format-error)$/.test(command.state) && command
      })
    const sendTo = async (id: string, body: Body) => (await world.admin('send-command', { params: { id }, body })).uuid

    it('that sends results twice, are done and counted once each', async () => {
      const device = await world.enroll({ kind: 'ipad', switches: { repeatResults: 1 } })
      const bodies = [info, profiles, { RequestType: 'SecurityInfo' }, { RequestType: 'CertificateList' }]
      const uuids = await Promise.all(bodies.map((body) => sendTo(device.id, body)))
      for (const uuid of uuids) expect((await answers(device.id, uuid)).state).toBe('acknowledged')
      const { items } = await world.admin('list-commands', { params: { id: device.id } })
      expect(items).toHaveLength(bodies.length)
    })

    it('that is locked, wait for it to be unlocked', async () => {
      const device = await world.enroll({ kind: 'ipad' })
      await device.connect()
      await device.settled()
      device.model.lock()
      const uuid = await sendTo(device.id, { RequestType: 'SecurityInfo' })
      await eventually('it says NotNow', async () => {
        return (await world.admin('get-command', { params: { id: device.id, uuid } })).state === 'not-now'
      })
      device.model.unlock()
      expect((await answers(device.id, uuid)).state).toBe('acknowledged')
    })

    it('are Settings of which some fail: the command is acknowledged, and each item tells of itself', async () => {
      const device = await world.enroll({ kind: 'ipad' })
      const Settings = [
        { Item: 'DeviceName', DeviceName: 'Ada' },
        { Item: 'ApplicationAttributes', Identifier: 'com.example.none' },
      ]
      const { state, response } = await answers(
        device.id,
        await sendTo(device.id, { RequestType: 'Settings', Settings }),
      )
      expect(state).toBe('acknowledged')
      expect(response).toMatchObject({ Settings: [{ Status: 'Acknowledged' }, { Status: 'Error' }] })
    })

    it('erase it for good', async () => {
      const device = await world.enroll({ kind: 'mac' })
      expect((await answers(device.id, await sendTo(device.id, erase))).state).toBe('acknowledged')
      await eventually('it is erased', () => !device.inspect().enrolled)
      expect(device.inspect().channels[0]?.held).toEqual([])
    })
  })

  it('tell every change as an event', async () => {
    const device = await ready(ipad(world.url, 'EVENTS'))
    const { uuid } = await send(device, erase)
    await device.connect()
    await device.connect()
    await call('cancel-command', device, uuid)
    const events = await world.server.services.store.scan.events(0, 10_000)
    const states = events.filter(({ data }) => data.uuid === uuid).map(({ data }) => data.state)
    expect(states).toEqual(['queued', 'sent', 'unanswered', 'cancelled'])
  })
})
