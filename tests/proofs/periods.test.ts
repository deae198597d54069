import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('enrollment periods on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
  })
  afterAll(() => world.close())

  const enrollment = (id: string) => world.admin('get-enrollment', { params: { id } })

  it('a re-enrollment clears what belonged to the old period, keeps sets and properties, enables and syncs again', async () => {
    const device = ipad(world.url, 'AGAIN')
    await device.enroll()
    await putSet(world.admin, 'again', { 'again.test': testConfiguration('again') })
    await giveSet(world.admin, 'again', device.id)
    await world.admin('put-properties', { params: { id: device.id }, body: { room: '12' } })
    await device.enable()
    await device.items()
    await device.report({ device: { model: { family: 'iPad' } } })
    expect(await enrollment(device.id)).toMatchObject({ enabled: true, behind: false })

    await device.enroll()
    const after = await enrollment(device.id)
    expect(after).toMatchObject({ enabled: false, behind: true, told: null, collected: null, lastReportAt: null })
    expect(after.sets.map(({ set }) => set)).toEqual(['again'])
    expect(await world.admin('get-properties', { params: { id: device.id } })).toMatchObject({
      properties: { room: '12' },
    })
    expect((await device.fetch('configuration', 'again.test')).status).toBe(404)
    await device.enable()
    await device.items()
    expect(await enrollment(device.id)).toMatchObject({ enabled: true, behind: false })
  })

  it('a new Authenticate ends the period of the user channels too, until their own TokenUpdate', async () => {
    const keys = { UDID: 'MAC-1' }
    const mac = wire(world.url, { keys })
    const user = wire(world.url, { keys: { ...keys, UserID: 'USER-1', UserShortName: 'ada' } })
    const facts = { ProductName: 'Mac15,3', OSVersion: '26.4' }
    await mac.enroll(facts)
    await user.updateToken()
    await user.enable()
    expect(await enrollment(user.id)).toMatchObject({
      state: 'enrolled',
      enabled: true,
      channel: 'user',
      device: mac.id,
    })
    await mac.enroll(facts)
    expect(await enrollment(user.id)).toMatchObject({ state: 'enrolling', enabled: false })
    await user.updateToken()
    expect(await enrollment(user.id)).toMatchObject({ state: 'enrolled', enabled: false, behind: true })
  })

  it('a user channel is woken for what its user should hold', async () => {
    const keys = { UDID: 'MAC-2' }
    const mac = wire(world.url, { keys })
    const user = wire(world.url, { keys: { ...keys, UserID: 'USER-2' }, pushToken: 'push of user 2' })
    await mac.enroll({ ProductName: 'Mac15,3', OSVersion: '26.4' })
    await user.updateToken()
    await user.enable()
    await user.items()
    await putSet(world.admin, 'mail', { 'mail.test': testConfiguration('mail') })
    const before = world.pushes.length
    await giveSet(world.admin, 'mail', mac.id, 'user')
    const token = Buffer.from('push of user 2').toString('hex')
    await eventually('the user channel is pushed', () => world.pushes.slice(before).includes(token))
    expect((await user.items()).Declarations.Configurations.map(({ Identifier }) => Identifier)).toContain('mail.test')
    expect((await mac.items()).Declarations.Configurations.map(({ Identifier }) => Identifier)).not.toContain(
      'mail.test',
    )
  })

  it('sets of which one name begins the other do not touch each other', async () => {
    await putSet(world.admin, 'corp', { 'corp.one': testConfiguration('corp') })
    await putSet(world.admin, 'corp.eu', { 'corp.eu.one': testConfiguration('corp.eu') })
    const [plain, eu] = [ipad(world.url, 'CORP'), ipad(world.url, 'CORP-EU')]
    await plain.enroll()
    await eu.enroll()
    await giveSet(world.admin, 'corp', plain.id)
    await giveSet(world.admin, 'corp.eu', eu.id)
    const held = async (device: typeof plain) =>
      (await device.items()).Declarations.Configurations.map(({ Identifier }) => Identifier)
    expect(await held(plain)).toEqual(['corp.one'])
    expect(await held(eu)).toEqual(['corp.eu.one'])
    await world.admin('delete-enrollment-set', { params: { id: plain.id, name: 'corp' } })
    expect(await held(plain)).toEqual([])
    expect(await held(eu)).toEqual(['corp.eu.one'])
  })

  it('a device that left is unknown until it enrolls again', async () => {
    const device = ipad(world.url, 'LEAVER')
    await device.enroll()
    await device.send({ MessageType: 'CheckOut', UDID: 'IPAD-LEAVER', Topic: 'com.apple.mgmt.External.tests' })
    expect((await device.fetch('configuration', 'x')).status).toBe(400)
    await device.enroll()
    expect((await enrollment(device.id)).state).toBe('enrolled')
  })
})
