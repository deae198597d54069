import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const capabilities = {
  'supported-versions': ['1.0.0'],
  'supported-features': {},
  'supported-payloads': {
    declarations: {
      activations: ['com.apple.activation.simple'],
      assets: [],
      configurations: ['com.apple.configuration.management.status-subscriptions'],
      management: ['com.apple.management.properties', 'com.apple.management.organization-info'],
    },
    'status-items': [
      'passcode.is-present',
      'mdm.app',
      'mdm.push-token',
      'enhanced-logging.status',
      'test.string-value',
    ],
  },
}

describe.each(databases)('what Edict declares by itself on %s', (database) => {
  let world: World
  let device: Wire
  beforeAll(async () => {
    world = await openWorld(database)
    device = ipad(world.url, 'OWN')
    await device.enroll()
  })
  afterAll(() => world.close())

  const held = async () => {
    const { Declarations } = await device.items()
    return Object.values(Declarations)
      .flat()
      .map(({ Identifier }) => Identifier)
  }

  it('waits for the first report of capabilities', async () => {
    expect(await held()).toEqual([])
  })

  it('subscribes to what the device supports, less what means nothing or is secret, with the activation it needs', async () => {
    await device.report({ management: { 'client-capabilities': capabilities } })
    expect(await held()).toEqual(['edict.status-subscription.activation', 'edict.status-subscription'])
    const { Payload } = await device.body('configuration', 'edict.status-subscription')
    expect(Payload).toEqual({ StatusItems: [{ Name: 'mdm.app' }, { Name: 'passcode.is-present' }] })
    const activation = await device.body('activation', 'edict.status-subscription.activation')
    expect(activation.Payload).toEqual({ StandardConfigurations: ['edict.status-subscription'] })
  })

  it('sends the properties of an enrollment as one declaration, and none when there are none', async () => {
    await world.admin('put-properties', { params: { id: device.id }, body: { roles: ['Lower'] } })
    expect(await held()).toContain('edict.properties')
    expect((await device.body('management', 'edict.properties')).Payload).toEqual({ roles: ['Lower'] })
    await world.admin('put-properties', { params: { id: device.id }, body: {} })
    expect(await held()).not.toContain('edict.properties')
  })

  it('tells the organization when it is told which', async () => {
    const settings = {
      subscription: { enabled: true },
      organization: { Name: 'Example School', URL: 'https://school.example' },
    }
    await world.admin('put-settings', { body: settings })
    expect(await held()).toContain('edict.organization-info')
    expect((await device.body('management', 'edict.organization-info')).Payload).toEqual(settings.organization)
  })

  it('leaves the subscription out when it is switched off, and the old token comes back when on again', async () => {
    const before = await device.tokens()
    const { subscription: _, ...rest } = await world.admin('get-settings')
    await world.admin('put-settings', { body: { ...rest, subscription: { enabled: false } } })
    expect(await held()).toEqual(['edict.organization-info'])
    await world.admin('put-settings', { body: { ...rest, subscription: { enabled: true } } })
    expect((await device.tokens()).DeclarationsToken).toBe(before.DeclarationsToken)
  })
})
