import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activation, passcodePolicy } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { handInProfile, hostedProfile, wifiProfile } from '../harness/hosted-profile.ts'
import { conditionOf, declarative, statusOf } from '../harness/said.ts'
import { disagreements, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const PREDICATE = '@status(passcode.is-compliant) == TRUE'

describe.each(grounds)('S2: the Wi-Fi waits for the passcode on %s', (ground) => {
  let world: World
  let profile: string
  beforeAll(async () => {
    world = await openWorld(ground, { behindProxy: true })
    profile = await handInProfile(world.url, 'wifi.mobileconfig', wifiProfile('School'))
    await putSet(world.admin, 'secure-wifi', {
      passcode: passcodePolicy(),
      'passcode.on': activation(['passcode']),
      wifi: hostedProfile('wifi.mobileconfig'),
      'wifi.on': activation(['wifi'], PREDICATE),
    })
  })
  afterAll(() => world.close())

  const wifiIsOn = (device: Device) => viewOf(device).activations.find(({ identifier }) => identifier === 'wifi.on')
  const wifi = (device: Device) => conditionOf(world.admin, device.id, 'wifi')
  const isCompliant = (device: Device) => statusOf(world.admin, device.id, 'passcode.is-compliant')

  const downloads = (device: Device) =>
    device.requests.filter(({ endpoint }) => endpoint === `GET ${profile}`).map(({ status }) => status)

  const gatedIPad = async () => {
    // What was in vain is tried again soon, so that the story does not wait for it.
    const device = await world.enroll({ kind: 'ipad', switches: { networkRetry: 0.05 } })
    await giveSet(world.admin, 'secure-wifi', device.id)
    await world.inSync(device)
    return device
  }

  it('holds both from the start: the policy in force, the Wi-Fi inactive because of the predicate', async () => {
    const device = await gatedIPad()
    expect(await isCompliant(device)).toMatchObject({ answer: 'value', value: false })
    for (const identifier of ['passcode', 'passcode.on'])
      expect(await conditionOf(world.admin, device.id, identifier)).toMatchObject({ condition: 'in-force' })
    expect(await conditionOf(world.admin, device.id, 'wifi.on')).toMatchObject({
      kind: 'activation',
      condition: 'inactive',
      reason: { code: 'Info.Predicate', message: 'Predicate evaluated to false' },
      evidence: { active: false, valid: 'valid', predicate: PREDICATE, reasons: [{ code: 'Info.Predicate' }] },
    })
    expect(await wifi(device)).toMatchObject({
      kind: 'configuration',
      condition: 'inactive',
      reason: { code: 'Info.Predicate' },
      evidence: { active: false, valid: 'unknown', predicate: PREDICATE },
    })
    expect(await disagreements(world, device)).toEqual([])
  })

  it.each([
    [
      'the network is gone',
      (device: Device) => device.model.setNetwork(false),
      (device: Device) => device.model.setNetwork(true),
    ],
    ['the server is gone', () => world.stop(), () => world.start()],
  ])('activates by itself while %s, and the report arrives when it is back', async (_what, cut, restore) => {
    const device = await gatedIPad()
    const before = await wifi(device)
    const asked = declarative(device).length
    await cut(device)

    device.model.satisfyPasscode()
    expect(wifiIsOn(device)).toMatchObject({ active: true, predicate: { outcome: 'true' } })
    expect(viewOf(device).declarations.configuration).toContainEqual(
      expect.objectContaining({ identifier: 'wifi', active: true, valid: 'valid' }),
    )
    await device.settled()
    expect(viewOf(device).pending).toEqual(['management.declarations', 'passcode.is-compliant'])

    await restore(device)
    await world.inSync(device)
    expect(new Set(declarative(device).slice(asked))).toEqual(new Set(['status']))
    // The profile was there before, from the server, and was not needed again.
    expect(downloads(device)).toEqual([200])
    expect(await isCompliant(device)).toMatchObject({ answer: 'value', value: true })
    const after = await wifi(device)
    expect(after).toMatchObject({
      condition: 'in-force',
      reason: { code: 'reported-active' },
      evidence: { active: true, valid: 'valid', reasons: [] },
      serverToken: before?.serverToken,
    })
    expect(Date.parse(after?.since ?? '')).toBeGreaterThan(Date.parse(before?.since ?? ''))
    expect(await conditionOf(world.admin, device.id, 'wifi.on')).toMatchObject({ condition: 'in-force' })
    expect(await disagreements(world, device)).toEqual([])
  })

  it('says nothing new while no report came: what was reported last stands, with its time', async () => {
    const device = await gatedIPad()
    const [before, status] = [await wifi(device), await isCompliant(device)]
    device.model.setNetwork(false)
    device.model.satisfyPasscode()
    await device.settled()
    expect(await wifi(device)).toEqual(before)
    expect(await isCompliant(device)).toEqual(status)
  })

  it('is off again when the passcode is gone', async () => {
    const device = await gatedIPad()
    device.model.satisfyPasscode()
    await eventually('the Wi-Fi is in force', async () => (await wifi(device))?.condition === 'in-force')
    device.model.removePasscode()
    await eventually('the Wi-Fi is inactive', async () => (await wifi(device))?.condition === 'inactive')
    await world.inSync(device)
    expect(await wifi(device)).toMatchObject({ reason: { code: 'Info.Predicate' } })
    expect(await statusOf(world.admin, device.id, 'passcode.is-present')).toMatchObject({ value: false })
  })
})
