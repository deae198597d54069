import type { ConnectMessage, IdentityKeys } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('a device that awaits configuration on %s', (database) => {
  let world: World
  let clock = Date.UTC(2026, 8, 1)
  beforeAll(async () => {
    world = await openWorld(database, { now: () => clock })
    await putSet(world.admin, 'first', { 'first.test': testConfiguration('first') })
  })
  afterAll(() => world.close())

  const awaiting = async (name: string): Promise<Wire> => {
    const device = ipad(world.url, name)
    await device.enroll()
    await device.send({
      MessageType: 'TokenUpdate',
      UDID: `IPAD-${name}`,
      Topic: 'com.apple.mgmt.External.tests',
      Token: Buffer.from(`token of ${name}`),
      PushMagic: 'magic',
      AwaitingConfiguration: true,
    })
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

  it('is let go after ten minutes when it reports nothing', async () => {
    const device = await awaiting('OVERDUE')
    expect(await device.connect()).toBeNull()
    clock += 10 * 60_000
    expect((await device.connect())?.Command.RequestType).toBe('DeviceConfigured')
  })
})
