import type { Device } from '@edict/device'
import type { JsonObject } from '@edict/protocol'
import { sweep } from '@edict/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, legacyProfile, testConfiguration, type Written } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { conditionOf } from '../harness/said.ts'
import { mailAccount } from '../harness/school.ts'
import { atRest, bodiesIn, disagreements, heldBy, inForceOn, requestsDuring, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const person = (EmailAddress: string): Written => ({
  Type: 'com.apple.asset.useridentity',
  Payload: { FullName: '${property.name}', EmailAddress },
})

/** A mail account that is another on every iPad, and beside it what is the same on all. */
const mail = {
  'mail.identity': person('$property.email'),
  'mail.credentials': {
    Type: 'com.apple.asset.credential.userpassword',
    Payload: { Reference: { DataURL: 'https://content.example.com/mail.json', ContentType: 'application/json' } },
  },
  mail: mailAccount('School ($device.serial-number)', 'mail.identity', 'mail.credentials'),
  wifi: legacyProfile('organization'),
  'both.on': activation(['mail', 'wifi']),
} satisfies Readonly<Record<string, Written>>

const OWN = ['declaration/asset/mail.identity', 'declaration/configuration/mail', 'declaration/activation/both.on']
const PROPERTIES = 'declaration/management/edict.properties'

describe.each(databases)('variables on %s', (database) => {
  let world: World
  let ada: Device
  let bob: Device
  let nobody: Device
  beforeAll(async () => {
    world = await openWorld(database)
    ada = await world.enroll({ kind: 'ipad' })
    bob = await world.enroll({ kind: 'ipad' })
    nobody = await world.enroll({ kind: 'ipad' })
    await setProperties(ada, { name: 'Ada', email: 'ada@school.example.com' })
    await setProperties(bob, { name: 'Bob', email: 'bob@school.example.com' })
    await putSet(world.admin, 'mail', mail)
    for (const { id } of everyone()) await giveSet(world.admin, 'mail', id)
    await atRest(world, everyone())
  })
  afterAll(() => world.close())

  const everyone = () => [ada, bob, nobody]
  const setProperties = ({ id }: Device, body: JsonObject) => world.admin('put-properties', { params: { id }, body })
  const put = (identifier: string, body: Written) => world.admin('put-declaration', { params: { identifier }, body })
  const payloadOn = ({ id }: Device, declaration: string) =>
    world
      .admin('explain-enrollment', { params: { id }, query: { declaration } })
      .then(({ items }) => items.find(({ identifier }) => identifier === declaration)?.payload)
  const serialOf = async ({ id }: Device) =>
    (await world.admin('get-enrollment', { params: { id } })).serialNumber ?? ''
  const tokenOf = (device: Device) => viewOf(device).token
  /** What is kept of a channel that decides what it should hold. */
  const placeOf = async (id: string) => {
    const { cohort, own, particulars, since } = (await world.server.services.store.read.channel(id))?.enrollment ?? {}
    return { cohort, own, particulars, since }
  }

  it('become the values of the device that collects them, and the device finds them right', async () => {
    for (const [device, name] of [
      [ada, 'Ada'],
      [bob, 'Bob'],
    ] as const) {
      const email = `${name.toLowerCase()}@school.example.com`
      expect(await payloadOn(device, 'mail.identity')).toEqual({ FullName: name, EmailAddress: email })
      expect(await payloadOn(device, 'mail')).toMatchObject({ VisibleName: `School (${await serialOf(device)})` })
      expect(inForceOn(device)).toEqual(['mail', 'wifi'])
      expect(await disagreements(world, device)).toEqual([])
    }
    expect(await serialOf(ada)).not.toBe(await serialOf(bob))
    expect(tokenOf(ada)).not.toBe(tokenOf(bob))
  })

  it('that stand for nothing leave out what needs them, on that device, and nothing else', async () => {
    expect(heldBy(nobody)).toEqual(expect.arrayContaining(['activation/both.on', 'configuration/wifi']))
    expect(heldBy(nobody)).not.toEqual(expect.arrayContaining(['configuration/mail']))
    expect(heldBy(nobody)).not.toEqual(expect.arrayContaining(['asset/mail.identity']))
    expect(inForceOn(nobody)).toEqual(['wifi'])
  })

  it('that stand for nothing are told to the administrator, by name and with what to do', async () => {
    const why = /^\$\{property\.(name|email)\} stands for nothing: give this enrollment the property (name|email)$/
    expect(await conditionOf(world.admin, nobody.id, 'mail.identity')).toMatchObject({
      condition: 'left-out',
      reason: { code: 'left-out-variable', message: expect.stringMatching(why) },
    })
    expect(await conditionOf(world.admin, nobody.id, 'mail')).toMatchObject({
      condition: 'left-out',
      reason: { code: 'left-out-asset', message: expect.stringContaining('mail.identity: ${property.') },
    })
    const { leftOut } = await world.admin('get-manifest', { params: { id: nobody.id } })
    expect(leftOut.map(({ identifier }) => identifier)).toEqual(['mail.identity', 'mail'])
    const { items } = await world.admin('explain-enrollment', {
      params: { id: nobody.id },
      query: { declaration: 'mail.identity' },
    })
    expect(items[0]?.leftOut).toMatchObject({ code: 'left-out-variable', reason: expect.stringMatching(why) })
  })

  it('of a property that comes bring exactly what was left out, to that device alone', async () => {
    const asked = await requestsDuring(world, everyone(), () =>
      setProperties(nobody, { name: 'Eve', email: 'eve@school.example.com' }),
    )
    expect(bodiesIn(asked.get(nobody)).toSorted()).toEqual([...OWN, PROPERTIES].toSorted())
    expect([asked.get(ada), asked.get(bob)]).toEqual([[], []])
    expect(inForceOn(nobody)).toEqual(['mail', 'wifi'])
  })

  it('of a property that changes send the one declaration that has it, and going back gives the old token back', async () => {
    const before = tokenOf(ada)
    const changed = await requestsDuring(world, everyone(), () =>
      setProperties(ada, { name: 'Ada', email: 'lovelace@school.example.com' }),
    )
    expect(bodiesIn(changed.get(ada)).toSorted()).toEqual(['declaration/asset/mail.identity', PROPERTIES])
    expect([changed.get(bob), changed.get(nobody)]).toEqual([[], []])
    expect(tokenOf(ada)).not.toBe(before)
    await requestsDuring(world, everyone(), () => setProperties(ada, { name: 'Ada', email: 'ada@school.example.com' }))
    expect(tokenOf(ada)).toBe(before)
  })

  it('of a fact that changes send what has it, and nothing else', async () => {
    const command = (body: JsonObject & { readonly RequestType: string }) =>
      world.admin('send-command', { params: { id: bob.id }, body })
    const rename = async (DeviceName: string) => {
      await command({ RequestType: 'Settings', Settings: [{ Item: 'DeviceName', DeviceName }] })
      await command({ RequestType: 'DeviceInformation', Queries: ['DeviceName'] })
      const isKnown = async () => (await world.admin('list-enrollments', { query: { q: DeviceName } })).items.length > 0
      await eventually('the name is known', isKnown)
    }
    await rename('first')
    await putSet(world.admin, 'named', { named: testConfiguration('This is ${device.name}') })
    await giveSet(world.admin, 'named', bob.id)
    await giveSet(world.admin, 'named', ada.id)
    await atRest(world, everyone())
    expect(await payloadOn(bob, 'named')).toEqual({ Echo: 'This is first' })
    expect(await conditionOf(world.admin, ada.id, 'named')).toMatchObject({ condition: 'left-out' })
    const before = tokenOf(bob)
    const asked = await requestsDuring(world, everyone(), () => rename('second'))
    expect(bodiesIn(asked.get(bob))).toEqual(['declaration/configuration/named'])
    expect(await payloadOn(bob, 'named')).toEqual({ Echo: 'This is second' })
    expect(tokenOf(bob)).not.toBe(before)
    await requestsDuring(world, everyone(), () => rename('first'))
    expect(tokenOf(bob)).toBe(before)
  })

  it('of a declaration that changes reach all, by what is written for the cohort alone', async () => {
    const rows = () => Promise.all(everyone().map(({ id }) => placeOf(id)))
    const before = await rows()
    const { effects } = await put('mail', mailAccount('Mail of ${property.name}', 'mail.identity', 'mail.credentials'))
    expect(effects).toMatchObject({ declarations: ['mail'], channels: null })
    expect(await rows()).toEqual(before)
    await atRest(world, everyone())
    expect(await payloadOn(ada, 'mail')).toMatchObject({ VisibleName: 'Mail of Ada' })
    expect(await payloadOn(nobody, 'mail')).toMatchObject({ VisibleName: 'Mail of Eve' })
  })

  it('that would break the schema leave the declaration out where they do', async () => {
    await put('code', {
      Type: 'com.apple.configuration.passcode.settings',
      Payload: { RequirePasscode: true, MinimumLength: '${property.length}' },
    })
    await putSet(world.admin, 'code', { 'code.on': activation(['code']) })
    for (const { id } of everyone()) await giveSet(world.admin, 'code', id)
    await setProperties(ada, { name: 'Ada', email: 'ada@school.example.com', length: 8 })
    await setProperties(bob, { name: 'Bob', email: 'bob@school.example.com', length: 99 })
    await atRest(world, everyone())
    expect(await payloadOn(ada, 'code')).toEqual({ RequirePasscode: true, MinimumLength: 8 })
    expect(await conditionOf(world.admin, bob.id, 'code')).toMatchObject({
      condition: 'left-out',
      reason: { code: 'left-out-variable', message: expect.stringContaining('has to be an integer from 0 to 16') },
    })
    expect(inForceOn(bob)).toEqual(expect.arrayContaining(['mail', 'wifi']))
  })

  it('of a user stand for the user on the channel of one, and for nothing on that of the device', async () => {
    const mac = await world.enroll({ kind: 'mac', users: ['ada'] })
    const user = mac.channels().find(({ kind }) => kind === 'user')
    const calendar = {
      Type: 'com.apple.configuration.account.caldav',
      Payload: { VisibleName: '$user.short-name on $device.name ($device.udid)', HostName: 'calendar.example.com' },
    } as const
    await putSet(world.admin, 'calendar', { calendar, 'calendar.on': activation(['calendar']) })
    await giveSet(world.admin, 'calendar', mac.id, 'user')
    await atRest(world, [mac])
    const { items } = await world.admin('explain-enrollment', {
      params: { id: user?.id ?? '' },
      query: { declaration: 'calendar' },
    })
    expect(items[0]?.payload?.VisibleName).toMatch(new RegExp(`^ada on Mac.* \\(${mac.id}\\)$`))
    expect(inForceOn(mac, user?.id)).toEqual(['calendar'])
    await putSet(world.admin, 'named', { 'named.user': testConfiguration('$user.short-name') })
    await giveSet(world.admin, 'named', mac.id)
    await atRest(world, [mac])
    expect(await conditionOf(world.admin, mac.id, 'named.user')).toMatchObject({
      condition: 'left-out',
      reason: { message: expect.stringContaining('it is not the channel of a user') },
    })
  })

  it('that there are not, or that stand where none may, are refused when they are written', async () => {
    const refused = (Echo: string) =>
      world.admin.refused('put-declaration', { params: { identifier: 'wrong' }, body: testConfiguration(Echo) })
    expect(await refused('see $device.serialnumber')).toMatchObject({
      status: 422,
      code: 'variable-unknown',
      at: '/Payload/Echo',
      found: '$device.serialnumber',
      remedy: 'write ${device.serial-number}; ${$} stands for a dollar sign',
      line: 1,
    })
    expect(await refused('${HOME}')).toMatchObject({ code: 'variable-unknown', found: '${HOME}' })
    const body = mailAccount('Mail', '$property.identity', 'mail.credentials')
    const misplaced = await world.admin.refused('put-declaration', { params: { identifier: 'wrong' }, body })
    expect(misplaced).toMatchObject({ code: 'variable-misplaced', at: '/Payload/UserIdentityAssetReference' })
  })

  it('are no drift: what is stored is what computing it again gives', async () => {
    expect(await sweep(world.server.services)).toEqual([])
  })
})
