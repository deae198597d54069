import { type Device, relatedKeys, systemClock, type Transport } from '@edict/device'
import { httpTransport, invitedProfile } from '@edict/simulator'
import { afterEach, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { eventually } from '../harness/eventually.ts'
import { openWorld, type World, type WorldOptions } from '../harness/world.ts'

const hour = 3_600_000
const day = 24 * hour
const keys = relatedKeys('renewal')

describe.each(databases)('renewal of an identity on %s', (database) => {
  let world: World
  let passed = 0
  /** The SCEP server says no to everybody. */
  let refused = false
  afterEach(() => world.close())

  const now = () => Date.now() + passed
  const clock = { now, schedule: (at: number, run: () => void) => systemClock.schedule(at - passed, run) }

  const enrolled = async (authenticatesOnRenewal = false, options: WorldOptions = {}): Promise<Device> => {
    passed = 0
    refused = false
    world = await openWorld(database, { insecureDevices: false, now, ...options })
    const line = httpTransport(world.url)
    const post: Transport['post'] = (...given) =>
      refused ? Promise.resolve({ status: 403, headers: {}, body: new Uint8Array() }) : line.post(...given)
    const transport = { ...line, post }
    const device = world.make({ kind: 'ipad', keys, clock, transport, switches: { authenticatesOnRenewal } })
    await device.enroll(await invitedProfile((await world.admin('create-invitation', { body: {} })).link))
    await world.inSync(device)
    return device
  }
  const pinsOf = async ({ id }: Device) =>
    (await world.server.services.store.read.pinsOf(id)).map(({ state, why }) => why ?? state)
  const renewals = async ({ id }: Device) =>
    (await world.admin('list-commands', { params: { id } })).items.filter(
      ({ requestType }) => requestType === 'InstallProfile',
    )
  const connect = async (device: Device) => {
    await device.connect()
    await device.settled()
  }

  it.each([false, true])('comes before the end, and the old one goes: Authenticate again %s', async (again) => {
    const device = await enrolled(again)
    passed = 270 * day
    await connect(device)
    expect(await renewals(device)).toEqual([])
    passed = 280 * day
    await connect(device)
    expect((await renewals(device)).map(({ state }) => state)).toEqual(['acknowledged'])
    await connect(device)
    await eventually('the old certificate is superseded', async () => (await pinsOf(device)).includes('superseded'))
    expect((await pinsOf(device)).sort()).toEqual(['current', 'superseded'])
    // Longer than the first certificate: the device speaks by the new one.
    passed = 400 * day
    await device.daily()
    await world.inSync(device)
  })

  it('is tried again, after some hours, when the device got no identity', async () => {
    const device = await enrolled()
    refused = true
    passed = 280 * day
    await connect(device)
    passed += hour
    await connect(device)
    expect((await renewals(device)).map(({ state }) => state)).toEqual(['error'])
    refused = false
    passed += 4 * hour
    await connect(device)
    expect((await renewals(device)).map(({ state }) => state)).toEqual(['acknowledged', 'error'])
  })

  it('waits while the device says NotNow', async () => {
    const device = await enrolled()
    await device.model.apply({ type: 'lock' })
    passed = 280 * day
    await connect(device)
    expect((await renewals(device)).map(({ state }) => state)).toEqual(['not-now'])
    await device.model.apply({ type: 'unlock' })
    await connect(device)
    await eventually('it renewed', async () => (await renewals(device))[0]?.state === 'acknowledged')
    expect(await renewals(device)).toHaveLength(1)
  })

  it('keeps no challenge: the command is stored without the profile that is sent', async () => {
    const device = await enrolled()
    passed = 280 * day
    await connect(device)
    expect((await renewals(device)).map(({ command }) => command)).toEqual([{ RequestType: 'InstallProfile' }])
  })

  it('is done at once when an administrator sends InstallProfile without a profile', async () => {
    const device = await enrolled()
    await world.admin('send-command', { params: { id: device.id }, body: { RequestType: 'InstallProfile' } })
    await connect(device)
    await connect(device)
    await eventually('there is another certificate', async () => (await pinsOf(device)).length === 2)
  })

  it('is not asked of a device that would refuse it, for its topic is another one', async () => {
    const device = await enrolled(false, { options: { topic: 'com.apple.mgmt.External.first' } })
    const services = world.server.services as { reach: { topic: string } }
    services.reach = { ...services.reach, topic: 'com.apple.mgmt.External.second' }
    passed = 280 * day
    await connect(device)
    expect(await renewals(device)).toEqual([])
  })
})
