import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { atRest, disagreements, inForceOn, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const APP = 'com.example.app'

/** As the talk shows it, blanks and all. */
const predicate =
  `SUBQUERY(@status(mdm.app), $app, ($app.@key(identifier) == "${APP}") AND ` +
  `($app.@key(state) == "managed") ).@count == 1`

describe.each(grounds)('S5 an activation on an app with SUBQUERY on %s', (ground) => {
  let world: World
  let device: Device
  beforeAll(async () => {
    world = await openWorld(ground)
    device = await world.enroll({ kind: 'ipad', switches: { installSeconds: null } })
    await putSet(world.admin, 'app', {
      'app.settings': testConfiguration('for the app'),
      'app.activation': activation(['app.settings'], predicate),
    })
    await giveSet(world.admin, 'app', device.id)
    await atRest(world, [device])
  })
  afterAll(() => world.close())

  const command = (RequestType: string, Identifier: string) => {
    const body = { RequestType, Identifier }
    return world.admin('send-command', { params: { id: device.id }, body })
  }
  const app = async (bundleId = APP) => {
    const { items } = await world.admin('get-status', { params: { id: device.id } })
    const apps = (items['mdm.app']?.value ?? []) as unknown as readonly { identifier: string; state: string }[]
    return apps.find(({ identifier }) => identifier === bundleId)?.state
  }
  const known = async (bundleId: string, state: string | undefined) => {
    await eventually(`${bundleId} is ${state}`, async () => (await app(bundleId)) === state)
    await atRest(world, [device])
  }
  const condition = async (identifier: string) => {
    const { items } = await world.admin('get-conditions', { params: { id: device.id } })
    return items.find((item) => item.identifier === identifier)
  }
  const turnsOn = async () => {
    expect(inForceOn(device)).toEqual(['app.settings'])
    expect(await condition('app.activation')).toMatchObject({ condition: 'in-force' })
    expect(await disagreements(world, device)).toEqual([])
  }
  const isOff = async () => {
    expect(inForceOn(device)).toEqual([])
    expect(viewOf(device).activations).toContainEqual(
      expect.objectContaining({
        identifier: 'app.activation',
        active: false,
        predicate: { source: predicate, outcome: 'false' },
      }),
    )
    for (const identifier of ['app.activation', 'app.settings'])
      expect(await condition(identifier)).toMatchObject({ condition: 'inactive', evidence: { predicate } })
    expect(await disagreements(world, device)).toEqual([])
  }

  it('is off while the app is not there, and the server knows the predicate is why', isOff)

  it('stays off when another app is installed', async () => {
    await command('InstallApplication', 'com.example.other')
    await eventually('the other app is asked for', () => app('com.example.other'))
    device.model.progress('com.example.other')
    await known('com.example.other', 'managed')
    await isOff()
  })

  it('stays off while the app is being installed', async () => {
    await command('InstallApplication', APP)
    await known(APP, 'installing')
    await isOff()
  })

  it('turns on when the app is managed, without anything being sent', async () => {
    const pushes = world.pushes.length
    device.model.progress(APP)
    await known(APP, 'managed')
    await turnsOn()
    expect(world.pushes.length).toBe(pushes)
  })

  it('turns off when the user deletes the app, without a server', async () => {
    device.model.setNetwork(false)
    device.model.deleteApp(APP)
    expect(inForceOn(device)).toEqual([])
    expect(await app()).toBe('managed')
    device.model.setNetwork(true)
    await known(APP, 'managed-but-uninstalled')
    await isOff()
  })

  it('turns on again when it is installed again, and off when the server removes it', async () => {
    await command('InstallApplication', APP)
    await known(APP, 'installing')
    device.model.progress(APP)
    await known(APP, 'managed')
    await turnsOn()
    await command('RemoveApplication', APP)
    await known(APP, undefined)
    await isOff()
  })

  it('was told by reports alone: no command ever asked for a list of apps', async () => {
    const { items } = await world.admin('list-commands', { params: { id: device.id } })
    expect(new Set(items.map(({ requestType }) => requestType))).toEqual(
      new Set(['InstallApplication', 'RemoveApplication']),
    )
    expect(items.every(({ state }) => state === 'acknowledged')).toBe(true)
  })
})
