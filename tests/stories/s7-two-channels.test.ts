import type { Device } from '@edict/device'
import type { JsonObject } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountAssets, mailAccount, subscribedCalendar } from '../harness/accounts.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { conditionOf, declarative, statusOf } from '../harness/said.ts'
import { SHARED, wire } from '../harness/wire.ts'
import { disagreements, inForceOn, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const CALENDARS = 'account.list.subscribed-calendar'
const MAIL = 'account.list.mail.incoming'

describe.each(grounds)('S7: device and user channels on %s', (ground) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(ground)
    await putSet(world.admin, 'for-the-device', {
      machine: testConfiguration('machine'),
      'machine.on': activation(['machine']),
    })
    await putSet(world.admin, 'for-users', {
      ...accountAssets,
      mail: mailAccount('imap.example.org'),
      calendar: subscribedCalendar('fixtures'),
      'accounts.on': activation(['mail', 'calendar']),
    })
    await putSet(world.admin, 'for-one-user', {
      holidays: subscribedCalendar('holidays'),
      'holidays.on': activation(['holidays']),
    })
  })
  afterAll(() => world.close())

  const enrollment = (id: string) => world.admin('get-enrollment', { params: { id } })
  const accounts = async (id: string, list: string) => (await statusOf(world.admin, id, list))?.value ?? []
  const madeBy = async (id: string, list: string) =>
    ((await accounts(id, list)) as readonly JsonObject[]).map((account) => account['declaration-identifier']).toSorted()
  const usersOf = (device: Device) =>
    device
      .channels()
      .slice(1)
      .map(({ id }) => id)
  const allInSync = async (device: Device) => {
    for (const { id } of device.channels()) await world.inSync(device, id)
  }
  /** What each channel of a device was pushed and asked about declarations, while something was changed for some of them. */
  const during = async (device: Device, change: () => Promise<unknown>) => {
    await eventually('no wake is pending', async () => {
      return (await world.server.services.store.scan.counts()).pendingWakes === 0
    })
    await allInSync(device)
    const pushed = world.pushes.length
    const asked = new Map(device.channels().map(({ id }) => [id, declarative(device, id).length]))
    await change()
    await allInSync(device)
    const tokens = world.pushes.slice(pushed)
    return new Map(
      device.channels().map(({ id }) => {
        const pushes = tokens.filter((token) => token === viewOf(device, id).pushToken).length
        return [id, { pushes, asked: declarative(device, id).slice(asked.get(id)) }]
      }),
    )
  }
  const untouched = { pushes: 0, asked: [] }

  describe('a Mac with mail and calendar on its user channel', () => {
    let mac: Device
    let user: string
    beforeAll(async () => {
      mac = await world.enroll({ kind: 'mac', users: ['ada'] })
      user = usersOf(mac)[0] ?? ''
      await giveSet(world.admin, 'for-the-device', mac.id)
      await giveSet(world.admin, 'for-users', mac.id, 'user')
      await allInSync(mac)
    })

    it('has two channels, known as those of one device', async () => {
      expect(await enrollment(mac.id)).toMatchObject({ channel: 'device', device: mac.id, users: [user] })
      expect(await enrollment(user)).toMatchObject({ channel: 'user', device: mac.id, platform: 'macOS' })
    })

    it('is enabled on each channel by a command of its own, and each collects its own manifest', async () => {
      for (const id of [mac.id, user]) {
        const own = mac.requests.filter(({ channel }) => channel === id).map(({ endpoint }) => endpoint)
        expect(own).toContain('Acknowledged DeclarativeManagement')
        expect(own).toEqual(expect.arrayContaining(['declaration-items', 'status']))
        expect(await enrollment(id)).toMatchObject({ enabled: true, behind: false, collected: viewOf(mac, id).token })
      }
      expect((await enrollment(mac.id)).wanted).not.toBe((await enrollment(user)).wanted)
    })

    it('has on each channel what was given to that channel, and nothing of the other', async () => {
      expect(inForceOn(mac)).toEqual(['machine'])
      expect(inForceOn(mac, user)).toEqual(['calendar', 'mail'])
      expect(declarative(mac)).not.toContain('declaration/configuration/mail')
      expect(declarative(mac, user)).not.toContain('declaration/configuration/machine')
    })

    it('is monitored on each channel by what that channel reports', async () => {
      for (const id of [mac.id, user]) expect(await disagreements(world, mac, id)).toEqual([])
      expect(await conditionOf(world.admin, user, 'mail')).toMatchObject({ condition: 'in-force' })
      expect(await conditionOf(world.admin, mac.id, 'mail')).toBeUndefined()
      expect(await conditionOf(world.admin, mac.id, 'machine')).toMatchObject({ condition: 'in-force' })
      expect(await conditionOf(world.admin, user, 'machine')).toBeUndefined()
      expect(await madeBy(user, MAIL)).toEqual(['mail'])
      expect(await madeBy(user, CALENDARS)).toEqual(['calendar'])
      expect(await statusOf(world.admin, mac.id, MAIL)).toMatchObject({ answer: 'unsupported' })
    })

    it('a change for the user wakes and costs the user channel only', async () => {
      const seen = await during(mac, () => giveSet(world.admin, 'for-one-user', user))
      expect(seen.get(mac.id)).toEqual(untouched)
      expect(seen.get(user)?.pushes).toBe(1)
      expect(seen.get(user)?.asked).toContain('declaration/configuration/holidays')
      expect(await madeBy(user, CALENDARS)).toEqual(['calendar', 'holidays'])
    })

    it('a change for the device wakes and costs the device channel only', async () => {
      const seen = await during(mac, () =>
        world.admin('put-declaration', { params: { identifier: 'machine' }, body: testConfiguration('another') }),
      )
      expect(seen.get(user)).toEqual(untouched)
      expect(seen.get(mac.id)?.pushes).toBe(1)
      expect(seen.get(mac.id)?.asked).toContain('declaration/configuration/machine')
    })

    it('a resync of one channel offers the command to that channel', async () => {
      const offers = (id: string) =>
        mac.requests.filter((each) => each.channel === id && each.endpoint === 'Acknowledged DeclarativeManagement')
          .length
      const before = [offers(mac.id), offers(user)]
      await world.admin('resync-enrollment', { params: { id: user } })
      await eventually('the user channel acknowledges', () => offers(user) > (before[1] ?? 0))
      await mac.settled()
      expect(offers(mac.id)).toBe(before[0])
    })

    it('an account given to the device channel is left out there, with the reason', async () => {
      await giveSet(world.admin, 'for-one-user', mac.id)
      expect(await conditionOf(world.admin, mac.id, 'holidays')).toMatchObject({
        condition: 'left-out',
        reason: { message: expect.stringContaining('account.subscribed-calendar') },
      })
      await allInSync(mac)
      expect(inForceOn(mac)).toEqual(['machine'])
      await world.admin('delete-enrollment-set', { params: { id: mac.id, name: 'for-one-user' } })
    })
  })

  describe('a Shared iPad with two users', () => {
    let ipad: Device
    let ada: string
    let lin: string
    beforeAll(async () => {
      ipad = await world.enroll({ kind: 'shared-ipad', users: ['ada@school.example', 'lin@school.example'] })
      ada = `${ipad.id}:ada@school.example`
      lin = `${ipad.id}:lin@school.example`
      await giveSet(world.admin, 'for-the-device', ipad.id)
      await giveSet(world.admin, 'for-users', ipad.id, 'user')
      await giveSet(world.admin, 'for-one-user', ada)
      await allInSync(ipad)
    })

    it('has three channels, the users named by their Managed Apple Accounts', async () => {
      expect(usersOf(ipad)).toEqual([ada, lin])
      expect(await enrollment(ipad.id)).toMatchObject({ channel: 'device', sharedIPad: true, users: [ada, lin] })
      for (const id of [ada, lin])
        expect(await enrollment(id)).toMatchObject({
          channel: 'user',
          device: ipad.id,
          sharedIPad: true,
          enabled: true,
        })
    })

    it('each channel has its own manifest: a set for users reaches both, a set for one reaches one', async () => {
      expect(inForceOn(ipad)).toEqual(['machine'])
      expect(inForceOn(ipad, ada)).toEqual(['calendar', 'holidays', 'mail'])
      expect(inForceOn(ipad, lin)).toEqual(['calendar', 'mail'])
      for (const { id } of ipad.channels()) expect(await disagreements(world, ipad, id)).toEqual([])
      expect(await madeBy(ada, CALENDARS)).toEqual(['calendar', 'holidays'])
      expect(await madeBy(lin, CALENDARS)).toEqual(['calendar'])
    })

    it('what one user changes is told of that user only', async () => {
      const before = await accounts(lin, MAIL)
      ipad.model.toggleAccount('mail', 'are-notes-enabled', false)
      await allInSync(ipad)
      expect(await accounts(ada, MAIL)).toEqual([expect.objectContaining({ 'are-notes-enabled': false })])
      expect(await accounts(lin, MAIL)).toEqual(before)
    })

    it('a change for one user wakes and costs that channel only', async () => {
      const seen = await during(ipad, () =>
        world.admin('delete-enrollment-set', { params: { id: ada, name: 'for-one-user' } }),
      )
      expect([seen.get(ipad.id), seen.get(lin)]).toEqual([untouched, untouched])
      expect(seen.get(ada)?.pushes).toBe(1)
      expect(await madeBy(ada, CALENDARS)).toEqual(['calendar'])
    })

    it('a set given to its users also reaches a user who comes later', async () => {
      const keys = { UDID: ipad.id, UserID: SHARED, UserShortName: 'mia@school.example' }
      const mia = wire(world.url, { keys, prove: await world.proof(ipad) })
      await mia.updateToken()
      await mia.enable()
      const { Configurations } = (await mia.items()).Declarations
      expect(Configurations.map(({ Identifier }) => Identifier)).toEqual(['calendar', 'mail'])
      expect((await mia.body('configuration', 'mail')).Payload).toMatchObject({ VisibleName: 'imap.example.org' })
      expect(await enrollment(ipad.id)).toMatchObject({ users: [ada, lin, mia.id] })
      expect((await enrollment(mia.id)).sets).toEqual([
        { set: 'for-users', channel: 'user', exclude: false, from: 'device' },
      ])
    })

    it('taken from the users it leaves all of them and not the device', async () => {
      await world.admin('delete-enrollment-set', {
        params: { id: ipad.id, name: 'for-users' },
        query: { channel: 'user' },
      })
      await allInSync(ipad)
      for (const id of [ada, lin]) {
        expect(inForceOn(ipad, id)).toEqual([])
        expect([await accounts(id, MAIL), await accounts(id, CALENDARS)]).toEqual([[], []])
        expect(await conditionOf(world.admin, id, 'mail')).toBeUndefined()
      }
      expect(inForceOn(ipad)).toEqual(['machine'])
    })
  })

  it('that one channel is enabled says nothing of the other', async () => {
    const keys = { UDID: 'MAC-BY-HAND' }
    const prove = await world.proof(keys.UDID)
    const mac = wire(world.url, { keys, prove })
    await mac.enroll({ ProductName: 'Mac15,12', OSVersion: '26.4.2' })
    const user = wire(world.url, { keys: { ...keys, UserID: 'USER-BY-HAND', UserShortName: 'ada' }, prove })
    await user.updateToken()
    await user.enable()
    expect([(await enrollment(mac.id)).enabled, (await enrollment(user.id)).enabled]).toEqual([false, true])
    expect((await mac.connect())?.Command.RequestType).toBe('DeclarativeManagement')
  })

  it('a group gives a set to the users of its devices, present and future', async () => {
    const ipad = await world.enroll({ kind: 'shared-ipad', users: ['noor@school.example'] })
    const name = 'carts'
    await world.admin('put-group', { params: { name }, body: { enrollments: [ipad.id] } })
    await world.admin('put-group-set', { params: { name, set: 'for-one-user' }, body: { channel: 'user' } })
    await allInSync(ipad)
    expect(inForceOn(ipad)).toEqual([])
    expect(inForceOn(ipad, usersOf(ipad)[0])).toEqual(['holidays'])
    const keys = { UDID: ipad.id, UserID: SHARED, UserShortName: 'omar@school.example' }
    const later = wire(world.url, { keys, prove: await world.proof(ipad) })
    await later.updateToken()
    const { Configurations } = (await later.items()).Declarations
    expect(Configurations.map(({ Identifier }) => Identifier)).toEqual(['holidays'])
  })
})
