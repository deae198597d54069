import type { Device } from '@edict/device'
import { verifySignedData } from '@edict/pki'
import { decodePlist, encodePlist, isPlistDict, type PlistDict } from '@edict/protocol'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { deviceKeys } from '../harness/keys.ts'
import { wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const subscription = { enabled: true }

describe.each(databases)('users of a Mac on %s', (database) => {
  let world: World
  let mac: Device
  beforeAll(async () => {
    world = await openWorld(database, { insecureDevices: false })
    mac = world.make({ kind: 'mac', users: ['ada'], networkUsers: ['grace', 'alan'], keys: deviceKeys })
    await mac.enroll(await profile())
  })
  afterAll(() => world.close())

  const profile = async (body = {}) => invitedProfile((await world.admin('create-invitation', { body })).link)
  const channelOf = (device: Device, name: string) => {
    const channel = device.channels().find(({ userShortName }) => userShortName === name)
    if (channel === undefined) throw new Error(`${name} has no channel`)
    return channel.id
  }
  const said = (device: Device, id: string) =>
    device.requests.filter(({ channel }) => channel === id).map(({ endpoint, status }) => `${endpoint} ${status}`)
  const settings = (body: object) => world.admin('put-settings', { body: { subscription, ...body } })

  it('by a profile of scope System, the managed local user has a channel that works, without asking', async () => {
    const ada = channelOf(mac, 'ada')
    expect(decodedProfile(await profile()).PayloadScope).toBe('System')
    await world.inSync(mac, ada)
    expect(said(mac, ada)).not.toContain('UserAuthenticate 200')
    await putSet(world.admin, 'hers', { hers: testConfiguration('hers') })
    await giveSet(world.admin, 'hers', mac.id, 'user')
    await world.inSync(mac, ada)
    expect(world.pushes).toContain(mac.channels()[1]?.pushToken)
  })

  it('a network user is asked about at each login, before the TokenUpdate, and managed while logged in', async () => {
    const grace = channelOf(mac, 'grace')
    expect(await world.admin.refused('get-enrollment', { params: { id: grace } })).toMatchObject({ status: 404 })
    expect(await mac.logIn(grace)).toBe(true)
    expect(said(mac, grace).slice(0, 2)).toEqual(['UserAuthenticate 200', 'TokenUpdate 200'])
    await world.inSync(mac, grace)
    const { device, channel } = await world.admin('get-enrollment', { params: { id: grace } })
    expect([device, channel]).toEqual([mac.id, 'user'])

    mac.logOut(grace)
    const token = mac.channels().find(({ id }) => id === grace)?.pushToken ?? ''
    expect(await mac.push(token)).toBe(false)
    await world.admin('put-properties', { params: { id: grace }, body: { room: '7' } })
    expect(await mac.logIn(grace)).toBe(true)
    expect(said(mac, grace).filter((one) => one.startsWith('UserAuthenticate'))).toHaveLength(2)
    await world.inSync(mac, grace)
    expect(mac.inspect().channels.find(({ id }) => id === grace)?.properties).toEqual({ room: '7' })
  })

  it('one who is declined is not managed during this login, and asked about at the next', async () => {
    const alan = channelOf(mac, 'alan')
    await settings({ networkUsers: 'decline' })
    expect(await mac.logIn(alan)).toBe(false)
    expect(said(mac, alan)).toEqual(['UserAuthenticate 410'])
    expect(await world.admin.refused('get-enrollment', { params: { id: alan } })).toMatchObject({ status: 404 })
    // The Mac, and whoever is local, is managed all the same.
    await world.inSync(mac)
    await world.inSync(mac, channelOf(mac, 'ada'))
    await settings({ networkUsers: 'accept' })
    expect(await mac.logIn(alan)).toBe(true)
    await world.inSync(mac, alan)
  })

  it('without per-user-connections in the profile there are no user channels, and nobody is asked about', async () => {
    const other = world.make({ kind: 'mac', networkUsers: ['grace'], keys: deviceKeys })
    await other.enroll(withoutUsers(await profile()))
    expect(await other.logIn(channelOf(other, 'grace'))).toBe(false)
    await world.inSync(other)
    expect(new Set(other.requests.map(({ channel }) => channel))).toEqual(new Set([other.id]))
    expect((await world.admin('get-enrollment', { params: { id: other.id } })).users).toEqual([])
  })

  it('the bootstrap token of the Mac is given back, deleted on request, and not given after a new enrollment', async () => {
    const other = world.make({ kind: 'mac', keys: deviceKeys })
    await other.enroll(await profile())
    const escrowed = await other.bootstrapToken()
    expect(escrowed).toHaveLength(32)
    await other.setBootstrapToken(null)
    expect(await other.bootstrapToken()).toBeNull()
    await other.setBootstrapToken(escrowed)
    expect(await other.bootstrapToken()).toEqual(escrowed)

    // Erased, it enrolls by a profile after which it escrows nothing: what it asks for then is the old one.
    await other.enroll(withoutUsers(await profile({ enrollment: other.id })))
    expect(await other.bootstrapToken()).toBeNull()
    const kept = await world.server.services.store.read.secret(other.id, 'bootstrap-token')
    expect(kept).toMatchObject({ past: true, period: 1 })
    await other.setBootstrapToken(Buffer.from('another'))
    expect(Buffer.from((await other.bootstrapToken()) ?? []).toString()).toBe('another')
  })

  it('only users of a Mac that is enrolled log in', async () => {
    const open = await openWorld(database)
    try {
      const keys = { UDID: 'MAC-LOGIN' }
      const login = async (more: object) => {
        const { status, body } = await wire(open.url, { keys }).send({
          MessageType: 'UserAuthenticate',
          ...keys,
          ...more,
        })
        return status === 200 ? 200 : JSON.parse(Buffer.from(body).toString()).code
      }
      expect(await login({ UserID: 'GRACE' })).toBe('identity-unknown')
      await wire(open.url, { keys }).send({
        MessageType: 'Authenticate',
        ...keys,
        Topic: 'com.apple.mgmt.x',
        ProductName: 'Mac15,3',
      })
      expect(await login({ UserID: 'GRACE' })).toBe('message-misplaced')
      await wire(open.url, { keys }).updateToken()
      expect(await login({ UserID: 'GRACE' })).toBe(200)
      expect(await login({})).toBe('message-misplaced')
      await wire(open.url, { keys }).enroll({ ProductName: 'iPad14,4', OSVersion: '26.4' })
      expect(await login({ UserID: 'GRACE' })).toBe('message-misplaced')
    } finally {
      await open.close()
    }
  })
})

function decodedProfile(signed: Uint8Array): PlistDict {
  return decodePlist(verifySignedData(signed).content) as PlistDict
}

/** The same profile, unsigned, of a server that wants neither user channels nor bootstrap tokens. */
function withoutUsers(signed: Uint8Array): Uint8Array {
  const profile = decodedProfile(signed)
  const payloads = (profile.PayloadContent as PlistDict[]).filter(isPlistDict)
  const PayloadContent = payloads.map((payload) =>
    payload.PayloadType === 'com.apple.mdm' ? { ...payload, ServerCapabilities: ['com.apple.mdm.token'] } : payload,
  )
  return encodePlist({ ...profile, PayloadContent })
}
