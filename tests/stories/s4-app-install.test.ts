import type { Device } from '@edict/device'
import type { JsonObject } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { grounds } from '../harness/grounds.ts'
import { statusOf } from '../harness/said.ts'
import { disagreements, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const PAGES = 'com.apple.Pages'

describe.each(grounds)('S4: an app on a user enrollment on %s', (ground) => {
  let world: World
  let device: Device
  beforeAll(async () => {
    world = await openWorld(ground)
    // The app installs for as long as the story wants.
    device = await world.enroll({ kind: 'byod-iphone', switches: { installSeconds: null } })
    await world.inSync(device)
  })
  afterAll(() => world.close())

  const send = (body: { readonly RequestType: string; readonly [key: string]: unknown }) =>
    world.admin('send-command', { params: { id: device.id }, body })
  const commands = async () => (await world.admin('list-commands', { params: { id: device.id } })).items
  const command = async (uuid: string) => (await commands()).find((each) => each.uuid === uuid)
  const apps = async () => (await statusOf(world.admin, device.id, 'mdm.app'))?.value as readonly JsonObject[]
  const becomes = async (state: string) => {
    const [app] = await eventually(`the app is ${state}`, async () => {
      const found = await apps()
      return found.some((each) => each.identifier === PAGES && each.state === state) && found
    })
    await world.inSync(device)
    expect(await apps()).toEqual(viewOf(device).status['mdm.app'])
    return app
  }
  /** Every object of `mdm.app` that was reported, oldest first. */
  const reported = async () => {
    const { items } = await world.admin('list-reports', { params: { id: device.id } })
    return items
      .toReversed()
      .flatMap(({ statusItems }) => ((statusItems?.mdm as JsonObject | undefined)?.app ?? []) as readonly JsonObject[])
  }

  it('is a user enrollment: no UDID, no serial number, and it reports mdm.app without being asked by a command', async () => {
    expect(await world.admin('get-enrollment', { params: { id: device.id } })).toMatchObject({
      enrollmentType: 'user',
      supervised: false,
    })
    const { items } = await world.admin('get-status', { params: { id: device.id } })
    for (const item of ['device.identifier.udid', 'device.identifier.serial-number'])
      expect([item, items[item]?.answer]).toEqual([item, 'unsupported'])
    expect(items['mdm.app']).toMatchObject({ answer: 'value', value: [] })
  })

  it('InstallApplication is acknowledged, and the app is prompting: the user has to agree', async () => {
    const { uuid, state } = await send({ RequestType: 'InstallApplication', Identifier: PAGES, ManagementFlags: 1 })
    expect(state).toBe('queued')
    expect(await becomes('prompting')).toEqual({
      identifier: PAGES,
      name: 'Pages',
      version: expect.any(String),
      'short-version': expect.any(String),
      'external-version-id': expect.any(String),
      state: 'prompting',
    })
    expect(await command(uuid)).toMatchObject({
      requestType: 'InstallApplication',
      state: 'acknowledged',
      response: { Identifier: PAGES, State: 'Prompting' },
    })
  })

  it('is installing when the user taps Install', async () => {
    device.model.tapInstall(PAGES)
    await becomes('installing')
  })

  it('is managed when it is there', async () => {
    device.model.progress(PAGES)
    await becomes('managed')
    expect(await disagreements(world, device)).toEqual([])
    const fleet = await world.admin('get-fleet-status', { params: { item: 'mdm.app' } })
    expect(fleet.items.map(({ enrollment, answer }) => [enrollment, answer])).toEqual([[device.id, 'value']])
  })

  it('is managed-but-uninstalled when the user deletes it', async () => {
    device.model.deleteApp(PAGES)
    await becomes('managed-but-uninstalled')
  })

  it('is gone after RemoveApplication, reported with the mark of removal', async () => {
    const { uuid } = await send({ RequestType: 'RemoveApplication', Identifier: PAGES })
    await eventually('the app is gone', async () => (await apps()).length === 0)
    await world.inSync(device)
    expect(await command(uuid)).toMatchObject({ state: 'acknowledged' })
    expect(await disagreements(world, device)).toEqual([])
  })

  it('every step was reported once, in order, and the last is the removal', async () => {
    expect((await reported()).map(({ identifier, state, _removed }) => [identifier, state ?? _removed])).toEqual([
      [PAGES, 'prompting'],
      [PAGES, 'installing'],
      [PAGES, 'managed'],
      [PAGES, 'managed-but-uninstalled'],
      [PAGES, true],
    ])
  })

  it('no list of apps was ever asked for: the device got the two commands of the administrator, and the offer', async () => {
    expect((await commands()).map(({ requestType }) => requestType).toSorted()).toEqual([
      'InstallApplication',
      'RemoveApplication',
    ])
    const answered = device.requests.map(({ endpoint }) => endpoint).filter((each) => each.startsWith('Acknowledged '))
    expect([...new Set(answered)].toSorted()).toEqual([
      'Acknowledged DeclarativeManagement',
      'Acknowledged InstallApplication',
      'Acknowledged RemoveApplication',
    ])
  })

  it('a refusal of the user is told as well', async () => {
    await send({ RequestType: 'InstallApplication', Identifier: PAGES })
    await becomes('prompting')
    device.model.decline(PAGES)
    await becomes('user-rejected')
  })

  it('a command that the device refuses is shown with what the device says, and asks for no other', async () => {
    const { uuid } = await send({ RequestType: 'RemoveApplication', Identifier: 'com.example.never-installed' })
    const refused = await eventually('the command is answered', async () => {
      const found = await command(uuid)
      return found?.answeredAt !== null && found
    })
    expect(refused).toMatchObject({ state: 'error', errorChain: [{ ErrorCode: expect.any(Number) }] })
  })

  it('a command that a locked device refuses for now is asked again when it is unlocked', async () => {
    device.model.lock()
    const { uuid } = await send({ RequestType: 'InstallApplication', Identifier: 'com.example.later' })
    await eventually('the device says NotNow', async () => (await command(uuid))?.state === 'not-now')
    expect((await apps()).map(({ identifier }) => identifier)).not.toContain('com.example.later')
    device.model.unlock()
    await eventually('the device does it', async () => (await command(uuid))?.state === 'acknowledged')
    await eventually('the app is reported', async () =>
      (await apps()).some((app) => app.identifier === 'com.example.later'),
    )
  })
})
