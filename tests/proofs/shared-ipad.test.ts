import type { Device } from '@edict/device'
import type { KeyPair } from '@edict/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppleAuthority, appleAuthority } from '../harness/apple-authority.ts'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { deviceKeys } from '../harness/keys.ts'
import { heldBy, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

let apple: AppleAuthority
let identity: KeyPair
beforeAll(async () => {
  apple = await appleAuthority()
  identity = await apple.device()
})
afterAll(() => apple.remove())

describe.each(databases)('a Shared iPad that enrolls by itself on %s', (database) => {
  const users = ['ada@school.example', 'lin@school.example']
  let world: World
  let ipad: Device
  let ada: string
  let lin: string
  beforeAll(async () => {
    world = await openWorld(database, { insecureDevices: false, options: { machineInfoCa: apple.file } })
    ipad = world.make({ kind: 'shared-ipad', users, keys: deviceKeys, appleIdentity: identity })
    ada = `${ipad.id}:ada@school.example`
    lin = `${ipad.id}:lin@school.example`
    const serials = [ipad.inspect().serialNumber ?? '']
    await world.admin('expect-devices', { body: { serials, shared: true } })
    await ipad.enroll({ kind: 'automated', url: `${world.url}/enroll/automated` })
    await putSet(world.admin, 'for-users', { hers: testConfiguration('hers') })
    await giveSet(world.admin, 'for-users', ipad.id, 'user')
    for (const id of [ipad.id, ada, lin]) await world.inSync(ipad, id)
    for (const id of [ada, lin]) ipad.logOut(id)
  })
  afterAll(() => world.close())

  const tokenOf = (id: string) => ipad.channels().find((channel) => channel.id === id)?.pushToken ?? ''
  const known = (id: string) => world.admin('get-enrollment', { params: { id } })
  const requestsOf = async (id: string) =>
    (await world.admin('list-commands', { params: { id } })).items.map(({ command }) => command.RequestType)

  it('is known as one before anybody logs in, when it is expected to be one', async () => {
    const other = world.make({ kind: 'shared-ipad', users: [], keys: deviceKeys, appleIdentity: identity })
    const [serial = ''] = [other.inspect().serialNumber ?? '']
    await world.admin('expect-devices', { body: { serials: [serial], shared: true } })
    await other.enroll({ kind: 'automated', url: `${world.url}/enroll/automated` })
    expect(await known(other.id)).toMatchObject({ sharedIPad: true, users: [] })
  })

  it('is woken for the user who is there, and holds what is another one’s until that is back', async () => {
    expect(await ipad.logIn(ada)).toBe(true)
    const [hers, his] = [tokenOf(ada), tokenOf(lin)]
    expect(new Set([tokenOf(ipad.id), hers, his]).size).toBe(3)
    expect(await ipad.push(his)).toBe(false)
    await putSet(world.admin, 'for-users', { hers: testConfiguration('hers'), more: testConfiguration('more') })
    await world.inSync(ipad, ada)
    expect(heldBy(ipad, ada)).toContain('configuration/more')
    expect(heldBy(ipad, lin)).not.toContain('configuration/more')

    ipad.logOut(ada)
    expect(await ipad.logIn(lin)).toBe(true)
    await world.inSync(ipad, lin)
    expect(heldBy(ipad, lin)).toContain('configuration/more')
    ipad.logOut(lin)
  })

  it('has the same channel for the same user, with the same token, when they are back', async () => {
    const before = tokenOf(ada)
    expect(await ipad.logIn(ada)).toBe(true)
    expect(tokenOf(ada)).toBe(before)
    expect(await known(ipad.id)).toMatchObject({ users: [ada, lin] })
    await world.inSync(ipad, ada)
    ipad.logOut(ada)
  })

  it('holds a user in Setup Assistant until they have what they should, each time, where the settings say so', async () => {
    const AwaitUserConfiguration = { Enabled: true }
    const Settings = [{ Item: 'SharedDeviceConfiguration', AwaitUserConfiguration }]
    const command = { RequestType: 'Settings', Settings }
    await world.admin('send-command', { params: { id: ipad.id }, body: command })
    await expect
      .poll(async () => (await world.admin('list-commands', { params: { id: ipad.id } })).items[0]?.state)
      .toBe('acknowledged')
    // First with something new to collect, then with nothing.
    await putSet(world.admin, 'for-users', { hers: testConfiguration('new') })
    for (const times of [1, 2]) {
      expect(await ipad.logIn(lin)).toBe(true)
      expect(viewOf(ipad, lin).awaitingConfiguration).toBe(true)
      await expect.poll(() => viewOf(ipad, lin).awaitingConfiguration).toBe(false)
      const released = (await requestsOf(lin)).filter((one) => one === 'UserConfigured')
      expect(released).toHaveLength(times)
      ipad.logOut(lin)
    }
  })
})
