import type { ConnectMessage, IdentityKeys } from '@edict/protocol'
import { readConfig, startServer } from '@edict/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { ipad, SHARED, type Wire, wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('a device that awaits configuration on %s', (database) => {
  let world: World
  let clock = Date.UTC(2026, 8, 1)
  beforeAll(async () => {
    world = await openWorld(database, { now: () => clock })
    await putSet(world.admin, 'first', { 'first.test': testConfiguration('first') })
  })
  afterAll(() => world.close())

  const tokenUpdate = (device: Wire, name: string, AwaitingConfiguration: boolean) =>
    device.send({
      MessageType: 'TokenUpdate',
      UDID: `IPAD-${name}`,
      Topic: 'com.apple.mgmt.External.tests',
      Token: Buffer.from(`token of ${name}`),
      PushMagic: 'magic',
      AwaitingConfiguration,
    })
  const awaiting = async (name: string): Promise<Wire> => {
    const device = ipad(world.url, name)
    await device.enroll()
    await tokenUpdate(device, name, true)
    await giveSet(world.admin, 'first', device.id)
    await device.enable()
    return device
  }
  const states = async (device: Wire) => {
    const { Declarations } = await device.items()
    const of = (items: readonly { readonly Identifier: string; readonly ServerToken: string }[]) =>
      items.map(({ Identifier, ServerToken }) => ({
        identifier: Identifier,
        'server-token': ServerToken,
        active: true,
        valid: 'valid',
      }))
    return {
      activations: of(Declarations.Activations),
      configurations: of(Declarations.Configurations),
      assets: of(Declarations.Assets),
      management: of(Declarations.Management),
    }
  }

  it('is offered declarative management, and let go after the first report that lists all it collected', async () => {
    const device = await awaiting('SETUP')
    expect(await device.connect()).toBeNull()
    const declarations = await states(device)
    await device.report({ management: { declarations: { ...declarations, configurations: [] } } })
    expect(await device.connect()).toBeNull()
    await device.report({ management: { declarations } })
    const command = await device.connect()
    expect(command?.Command.RequestType).toBe('DeviceConfigured')
    const answer = { Status: 'Acknowledged', CommandUUID: command?.CommandUUID, response: {} }
    expect(await device.connect(answer as Omit<ConnectMessage, keyof IdentityKeys>)).toBeNull()
    await device.report({ management: { declarations } })
    expect(await device.connect()).toBeNull()
  })

  const MINUTE = 60_000
  const requestsOf = async (device: Wire) =>
    (await world.admin('list-commands', { params: { id: device.id } })).items.map(({ command }) => command.RequestType)
  /** Takes what is there, command by command, and acknowledges it. Offers, which are made again in time, are left out. */
  const session = async (device: Wire): Promise<readonly string[]> => {
    const taken: string[] = []
    let command = await device.connect()
    while (command !== null) {
      const { RequestType } = command.Command
      if (RequestType !== 'DeclarativeManagement') taken.push(RequestType)
      const answer = { Status: 'Acknowledged', CommandUUID: command.CommandUUID, response: {} }
      command = await device.connect(answer as Omit<ConnectMessage, keyof IdentityKeys>)
    }
    return taken
  }
  const pushed = (device: Wire) => {
    const token = Buffer.from(`token of ${device.id.replace('IPAD-', '')}`).toString('hex')
    return world.pushes.filter((one) => one === token).length
  }

  it('is let go after ten minutes though it says nothing: it is pushed, and the command lies ready', async () => {
    const device = await awaiting('SILENT')
    clock += 10 * MINUTE - 1
    const pendingWakes = async () => (await world.server.services.store.scan.counts()).pendingWakes
    await expect.poll(pendingWakes).toBe(0)
    const before = pushed(device)
    expect(await requestsOf(device)).toEqual([])
    clock += 1
    await expect.poll(() => requestsOf(device)).toEqual(['DeviceConfigured'])
    await expect.poll(() => pushed(device)).toBeGreaterThan(before)
    expect(await session(device)).toEqual(['DeviceConfigured'])
    clock += 60 * MINUTE
    expect(await session(device)).toEqual([])
  })

  it('is let go when it connects by itself after ten minutes, by whichever comes first', async () => {
    const device = await awaiting('OVERDUE')
    expect(await session(device)).toEqual([])
    clock += 10 * MINUTE
    expect(await session(device)).toEqual(['DeviceConfigured'])
    expect(await requestsOf(device)).toEqual(['DeviceConfigured'])
  })

  it('is let go by the server that starts next when none ran at the deadline', async () => {
    const device = await awaiting('RESTART')
    await world.stop()
    clock += 10 * MINUTE
    await world.start()
    await expect.poll(() => requestsOf(device)).toEqual(['DeviceConfigured'])
  })

  it('gets what is queued before it is let go, whenever it was queued', async () => {
    const device = await awaiting('ORDER')
    const send = (RequestType: string) =>
      world.admin('send-command', { params: { id: device.id }, body: { RequestType } })
    await send('ProfileList')
    clock += 10 * MINUTE
    await expect.poll(() => requestsOf(device)).toContain('DeviceConfigured')
    await send('CertificateList')
    expect(await session(device)).toEqual(['ProfileList', 'CertificateList', 'DeviceConfigured'])
  })

  it('is held as long as the settings say', async () => {
    const settings = await world.admin('get-settings')
    await world.admin('put-settings', { body: { ...settings, releaseAfter: 3600 } })
    const device = await awaiting('LONGER')
    await world.admin('put-settings', { body: settings })
    clock += 59 * MINUTE
    expect(await session(device)).toEqual([])
    clock += MINUTE
    expect(await session(device)).toEqual(['DeviceConfigured'])
  })

  it('is let go at its next connection when it began to wait under a version that kept no deadlines', async () => {
    const device = await awaiting('EARLIER')
    await world.server.services.store.transaction((tx) => tx.endDeadlines([device.id]))
    expect(await session(device)).toEqual([])
    clock += 10 * MINUTE
    expect(await session(device)).toEqual(['DeviceConfigured'])
  })

  it('that says it waits no more is not told to go on', async () => {
    const device = await awaiting('GONE-ON')
    await device.updateToken()
    await tokenUpdate(device, 'GONE-ON', false)
    clock += 10 * MINUTE
    expect(await session(device)).toEqual([])
  })

  it('as a user of a Shared iPad is let go each time that they log in', async () => {
    const device = ipad(world.url, 'SHARED')
    await device.enroll()
    const keys = { UDID: device.id, UserID: SHARED, UserShortName: 'ada@school.example' }
    const user = wire(world.url, { keys })
    const logIn = async () => {
      const push = { Topic: 'com.apple.mgmt.External.tests', Token: Buffer.from('token of ada'), PushMagic: 'ada' }
      await user.send({ MessageType: 'TokenUpdate', ...keys, ...push, AwaitingConfiguration: true })
    }
    await logIn()
    await user.enable()
    for (const again of [true, false]) {
      expect(await session(user)).toEqual([])
      clock += 10 * MINUTE
      await expect.poll(async () => (await requestsOf(user)).length).toBe(again ? 1 : 2)
      expect(await session(user)).toEqual(['UserConfigured'])
      if (again) await logIn()
    }
  })

  it('is let go once by two nodes', async (context) => {
    if (database === 'sqlite') return context.skip()
    const device = await awaiting('NODES')
    const config = { listen: '127.0.0.1:0', database: world.database, insecureDevices: true, logLevel: 'silent' }
    const other = await startServer(readConfig(config, TOKEN, MASTER_KEY), { authorityKey, now: () => clock })
    try {
      clock += 10 * MINUTE
      await expect.poll(() => requestsOf(device)).toEqual(['DeviceConfigured'])
      const deadlines = () => world.server.services.store.read.passedDeadlines(clock, 10)
      await expect.poll(deadlines).toEqual([])
      expect(await requestsOf(device)).toEqual(['DeviceConfigured'])
    } finally {
      await other.close()
    }
  })
})
