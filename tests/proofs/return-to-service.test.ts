import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device } from '@edict/device'
import { decodeReturnToServiceReply, encodePlist } from '@edict/protocol'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppleAuthority, appleAuthority } from '../harness/apple-authority.ts'
import { databases } from '../harness/databases.ts'
import { eventually } from '../harness/eventually.ts'
import { deviceKeys } from '../harness/keys.ts'
import { identityOf } from '../harness/proof-by-hand.ts'
import { say } from '../harness/speaker.ts'
import { openWorld, type World, type WorldDevice } from '../harness/world.ts'

const wiFi = encodePlist({
  PayloadType: 'Configuration',
  PayloadVersion: 1,
  PayloadIdentifier: 'org.example.wifi',
  PayloadUUID: 'WIFI',
  PayloadContent: [{ PayloadType: 'com.apple.wifi.managed', SSID_STR: 'school', Password: 'the secret of the Wi-Fi' }],
})

let apple: AppleAuthority
beforeAll(async () => {
  apple = await appleAuthority()
})
afterAll(() => apple.remove())

describe.each(databases)('return to service on %s', (database) => {
  let world: World
  let folder: string
  let ipad: Device
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-wifi-'))
    const file = join(folder, 'wifi.mobileconfig')
    await writeFile(file, wiFi, { mode: 0o600 })
    world = await openWorld(database, {
      insecureDevices: false,
      options: { wifiProfile: file, machineInfoCa: apple.file },
    })
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  const enrolled = async (device: WorldDevice): Promise<Device> => {
    const made = world.make({ keys: deviceKeys, ...device })
    await made.enroll(await invitedProfile((await world.admin('create-invitation', { body: {} })).link))
    await world.inSync(made)
    const body = { RequestType: 'DeviceInformation', Queries: ['IsSupervised'] }
    await world.admin('send-command', { params: { id: made.id }, body })
    const known = async () => (await world.admin('get-enrollment', { params: { id: made.id } })).supervised !== null
    await eventually('it is known whether it is supervised', known)
    return made
  }
  const policy = (enabled: boolean) =>
    world.admin('put-settings', { body: { subscription: { enabled: true }, returnToService: { enabled } } })
  const answerTo = async (device: Device) => {
    const keys = { UDID: device.id }
    const reply = await say(world.url, keys, { MessageType: 'ReturnToService', ...keys }, { by: identityOf(device) })
    expect(reply.status).toBe(200)
    return decodeReturnToServiceReply(Buffer.from(reply.body)).ReturnToService
  }
  const periodOf = async ({ id }: Device) => (await world.server.services.store.read.channel(id))?.enrollment.period

  it('is off until the settings say otherwise', async () => {
    ipad = await enrolled({ kind: 'ipad' })
    expect(await answerTo(ipad)).toEqual({ Enabled: false })
    expect(await ipad.returnToService()).toBe(false)
    expect(await periodOf(ipad)).toBe(1)
  })

  it('brings a device back: erased, by a profile made for it alone, as the same enrollment with a new period', async () => {
    await policy(true)
    await world.admin('put-properties', { params: { id: ipad.id }, body: { room: '7' } })
    await world.inSync(ipad)
    const before = identityOf(ipad).certificate.fingerprint
    expect(await ipad.returnToService()).toBe(true)
    expect(ipad.requests.map(({ endpoint }) => endpoint)).not.toContain('CheckOut')
    await world.inSync(ipad)
    expect(await periodOf(ipad)).toBe(2)
    expect(identityOf(ipad).certificate.fingerprint).not.toBe(before)
    expect(ipad.inspect().channels[0]?.properties).toEqual({ room: '7' })
    const pins = await world.server.services.store.read.pinsOf(ipad.id)
    expect(pins.map(({ why, state }) => why ?? state)).toEqual(['superseded', 'current'])
  })

  it('gives the Wi-Fi profile of the server, which nothing else shows', async () => {
    ipad = await enrolled({ kind: 'ipad' })
    const { WiFiProfileData } = await answerTo(ipad)
    expect(Buffer.from(WiFiProfileData ?? []).equals(wiFi)).toBe(true)
    const told = [await world.admin('get-settings'), await world.admin('list-audit')]
    expect(JSON.stringify(told)).not.toMatch(/WIFI|secret of the Wi-Fi/)
  })

  it('gives a profile that enrolls no other device, and not twice', async () => {
    const profile = (await answerTo(ipad)).MDMProfileData ?? new Uint8Array()
    const thief = world.make({ kind: 'ipad', keys: deviceKeys })
    await expect(thief.enroll(profile)).rejects.toMatchObject({ code: 'enrollment-refused' })
    await expect(ipad.enroll(profile)).rejects.toMatchObject({ code: 'identity-refused' })
    expect(await periodOf(ipad)).toBe(1)
  })

  it('is not for a device that is not supervised, has an earlier OS, or is of another platform', async () => {
    const others: WorldDevice[] = [
      { kind: 'ipad', supervised: false },
      { kind: 'iphone', osVersion: '18.6' },
      { kind: 'mac' },
      { kind: 'apple-tv' },
    ]
    const answers = await Promise.all(others.map(async (device) => answerTo(await enrolled(device))))
    expect(answers).toEqual(others.map(() => ({ Enabled: false })))
  })

  it('is there for a device of automated enrollment, which supervises: nobody has to ask it', async () => {
    const vision = world.make({ kind: 'vision', keys: deviceKeys, appleIdentity: await apple.device() })
    await world.admin('expect-devices', { body: { serials: [vision.inspect().serialNumber ?? ''] } })
    await vision.enroll({ kind: 'automated', url: `${world.url}/enroll/automated` })
    await world.inSync(vision)
    expect((await world.admin('get-enrollment', { params: { id: vision.id } })).supervised).toBeNull()
    expect(await vision.returnToService()).toBe(true)
    await world.inSync(vision)
  })

  it('comes by EraseDevice as well: the profile is made when the command is sent, and stored nowhere', async () => {
    await policy(false)
    ipad = await enrolled({ kind: 'ipad' })
    const body = { RequestType: 'EraseDevice', PreserveDataPlan: true, ReturnToService: { Enabled: true } }
    const { uuid } = await world.admin('send-command', { params: { id: ipad.id }, body })
    await eventually('it is back', async () => (await periodOf(ipad)) === 2)
    await world.inSync(ipad)
    const { items } = await world.admin('list-commands', { params: { id: ipad.id } })
    expect(items.find((command) => command.uuid === uuid)?.command).toEqual(body)
  })

  it('is not added to an EraseDevice that does not ask for it', async () => {
    await world.admin('send-command', { params: { id: ipad.id }, body: { RequestType: 'EraseDevice' } })
    await eventually('it is erased', () => !ipad.inspect().enrolled)
    expect(await periodOf(ipad)).toBe(2)
  })
})
