import { X509Certificate } from 'node:crypto'
import type { Device, Way } from '@edict/device'
import { createSignedData, type KeyPair, readCertificate } from '@edict/pki'
import { decodeEnrollmentError, encodeMachineInfo, type MachineInfo } from '@edict/protocol'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppleAuthority, appleAuthority } from '../harness/apple-authority.ts'
import { databases } from '../harness/databases.ts'
import { deviceKeys } from '../harness/keys.ts'
import { trustedLocalhost } from '../harness/tls-ground.ts'
import { openWorld, type World, type WorldDevice } from '../harness/world.ts'

let apple: AppleAuthority
let identity: KeyPair
beforeAll(async () => {
  apple = await appleAuthority()
  identity = await apple.device()
})
afterAll(() => apple.remove())

describe.each(databases)('automated enrollment on %s', (database) => {
  let world: World
  let url: string
  beforeAll(async () => {
    world = await openWorld(database, { insecureDevices: false, options: { machineInfoCa: apple.file } })
    url = `${world.url}/enroll/automated`
  })
  afterAll(() => world.close())

  const made = (device: WorldDevice): Device => world.make({ keys: deviceKeys, appleIdentity: identity, ...device })
  const serialOf = (device: Device) => device.inspect().serialNumber ?? ''
  const expectDevice = (device: Device, wish = {}) =>
    world.admin('expect-devices', { body: { serials: [serialOf(device)], ...wish } })
  const stateOf = async (device: Device) =>
    (await world.admin('list-expected-devices', { query: { limit: 1000 } })).items.find(
      ({ serial }) => serial === serialOf(device),
    )
  const infoOf = (device: Device, more: Partial<MachineInfo> = {}): MachineInfo => ({
    PRODUCT: 'iPad14,4',
    VERSION: '23E246',
    OS_VERSION: '26.4.2',
    UDID: device.id,
    SERIAL: serialOf(device),
    ...more,
  })
  const signedInfo = (info: MachineInfo, signer = identity): Uint8Array =>
    createSignedData(encodeMachineInfo(info), { signer })
  const post = async (body: Uint8Array, headers: Record<string, string> = {}) => {
    const type = { 'content-type': 'application/pkcs7-signature' }
    const response = await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: new Uint8Array(body) })
    return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) }
  }
  const codeOf = async (body: Uint8Array) => {
    const answer = await post(body)
    return { status: answer.status, code: JSON.parse(Buffer.from(answer.body).toString()).code as string }
  }
  const metric = async (result: string): Promise<number> => {
    const text = await (await fetch(`${world.url}/metrics`)).text()
    return Number(new RegExp(`edict_automated_enrollments_total\\{result="${result}"\\} (\\d+)`).exec(text)?.[1] ?? 0)
  }

  it.each(['ipad', 'iphone', 'mac', 'apple-tv', 'vision', 'shared-ipad'] as const)(
    'lets in an expected %s, which waits in Setup Assistant until it has what it should hold',
    async (kind) => {
      const device = made({ kind })
      await expectDevice(device, { awaits: true, shared: kind === 'shared-ipad' })
      await device.enroll({ kind: 'automated', url, awaits: true })
      expect(device.inspect()).toMatchObject({ supervised: true, enrolled: true })
      await world.inSync(device)
      await expect.poll(() => device.inspect().awaitingConfiguration).toBe(false)
      const enrollment = await world.admin('get-enrollment', { params: { id: device.id } })
      expect(enrollment).toMatchObject({ state: 'enrolled', serialNumber: serialOf(device) })
      expect(await stateOf(device)).toMatchObject({ enrollment: device.id, givenAt: expect.any(String) })
    },
  )

  it('lets a device go that was expected to wait, though its TokenUpdates leave out that it does', async () => {
    const device = made({ kind: 'ipad', switches: { omitAwaitingConfiguration: 1 } })
    await expectDevice(device, { awaits: true })
    await device.enroll({ kind: 'automated', url, awaits: true })
    await expect.poll(() => device.inspect().awaitingConfiguration).toBe(false)
  })

  it('lets nobody in who is not expected, and says so as Apple has it, in both forms', async () => {
    const device = made({ kind: 'ipad' })
    const before = await metric('unexpected')
    await expect(device.enroll({ kind: 'automated', url })).rejects.toMatchObject({ code: 'device-unexpected' })
    expect(await metric('unexpected')).toBe(before + 1)
    for (const accept of ['application/json', 'application/xml']) {
      const { status, headers, body } = await post(signedInfo(infoOf(device)), { accept })
      expect([status, headers.get('content-type')]).toEqual([403, accept])
      expect(decodeEnrollmentError(body, accept)).toMatchObject({ code: 'com.apple.unrecognized.device' })
    }
    await expectDevice(device)
    await world.admin('forget-devices', { body: { serials: [serialOf(device).toLowerCase()] } })
    await expect(device.enroll({ kind: 'automated', url })).rejects.toMatchObject({ code: 'device-unexpected' })
  })

  it('asks for a newer OS first of a device that can be asked, and lets it in afterwards', async () => {
    const settings = await world.admin('get-settings')
    const minimumOS = { iOS: { OSVersion: '26.5', BuildVersion: '23F77' } }
    await world.admin('put-settings', { body: { ...settings, minimumOS } })
    const [willing, stubborn, mac] = [
      made({ kind: 'ipad' }),
      made({ kind: 'ipad', switches: { updatesToEnroll: false } }),
      made({ kind: 'mac' }),
    ]
    for (const device of [willing, stubborn, mac]) await expectDevice(device)
    await willing.enroll({ kind: 'automated', url })
    expect(willing.inspect().osVersion).toBe('26.5')
    const refused = stubborn.enroll({ kind: 'automated', url })
    await expect(refused).rejects.toMatchObject({ code: 'update-required', expected: '26.5' })
    await mac.enroll({ kind: 'automated', url })
    // One that cannot be asked, an Apple TV or an old iPad, would stand there for good.
    expect((await post(signedInfo(infoOf(stubborn, { OS_VERSION: '16.0' })))).status).toBe(200)
    await world.admin('put-settings', { body: settings })
  })

  describe('believes MachineInfo', () => {
    let device: Device
    beforeAll(async () => {
      device = made({ kind: 'ipad' })
      await expectDevice(device)
    })

    it('of a device of the authority, and of it alone', async () => {
      const impostor = await appleAuthority()
      try {
        const info = infoOf(device)
        expect((await post(signedInfo(info))).status).toBe(200)
        expect(await codeOf(signedInfo(info, await impostor.device()))).toEqual({
          status: 400,
          code: 'chain-untrusted',
        })
        expect(await codeOf(signedInfo(info, await apple.developer()))).toEqual({
          status: 400,
          code: 'certificate-purpose',
        })
        expect(await codeOf(signedInfo(info, apple))).toEqual({ status: 400, code: 'certificate-purpose' })
        const old = await apple.device({ now: Date.now() - 40 * 86_400_000, days: 1 })
        expect(await codeOf(signedInfo(info, old))).toEqual({ status: 400, code: 'certificate-expired' })
      } finally {
        await impostor.remove()
      }
    })

    it('and not with other content under a good signature, without who it is, too large, or of no form', async () => {
      const swapped = Buffer.from(signedInfo(infoOf(device, { SERIAL: 'ZZ0000000009' })))
      swapped.write(serialOf(device), swapped.indexOf('ZZ0000000009'))
      expect(await codeOf(swapped)).toEqual({ status: 400, code: 'digest-wrong' })
      const { UDID: _, ...nameless } = infoOf(device)
      expect(await codeOf(signedInfo(nameless))).toEqual({ status: 400, code: 'key-missing' })
      expect(await codeOf(new Uint8Array(65 * 1024))).toEqual({ status: 413, code: 'body-too-large' })
      expect((await codeOf(Buffer.from('hello'))).status).toBe(400)
      expect((await codeOf(encodeMachineInfo(infoOf(device)))).status).toBe(400)
    })
  })

  it('ties the profile to the device: who carries it off gets no enrollment', async () => {
    const [device, thief] = [made({ kind: 'ipad' }), made({ kind: 'ipad' })]
    await expectDevice(device)
    const profile = (await post(signedInfo(infoOf(device)))).body
    await expect(thief.enroll(profile)).rejects.toMatchObject({ at: 'Authenticate', found: 400 })
  })

  it('lets the serial number of nobody else begin an enrollment', async () => {
    const [device, other] = [made({ kind: 'ipad' }), made({ kind: 'ipad' })]
    await expectDevice(device)
    await device.enroll({ kind: 'automated', url })
    // One shows a serial number of its own, signed, and another's when it enrolls; one shows none, and was invited.
    const posing = made({ kind: 'ipad', serialNumber: serialOf(device) })
    await expectDevice(other)
    const { body } = await post(signedInfo({ ...infoOf(posing), SERIAL: serialOf(other) }))
    await expect(posing.enroll(body)).rejects.toMatchObject({ at: 'Authenticate', found: 400 })
    const invited = made({ kind: 'ipad', serialNumber: serialOf(device) })
    const profile = await invitedProfile((await world.admin('create-invitation', { body: {} })).link)
    await expect(invited.enroll(profile)).rejects.toMatchObject({ at: 'Authenticate', found: 400 })
    expect((await world.admin('get-enrollment', { params: { id: device.id } })).state).toBe('enrolled')
  })

  it('lets a device that was erased in again, and a lost answer be asked for once more', async () => {
    const device = made({ kind: 'ipad' })
    await expectDevice(device)
    const way: Way = { kind: 'automated', url }
    await device.enroll(way)
    await device.enroll({ kind: 'automated', url })
    await world.inSync(device)
    const pins = await world.server.services.store.read.pinsOf(device.id)
    expect(pins.map(({ state }) => state).sort()).toEqual(['current', 'revoked'])
  })

  it('tells Apple Configurator where devices enroll', async () => {
    const response = await fetch(`${world.url}/MDMServiceConfig`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF8')
    expect(await response.json()).toEqual({ dep_enrollment_url: url })
    expect(await (await fetch(`${url}/anchors`)).json()).toEqual([])
  })

  it('takes thousands at once, and every write is in the audit', async () => {
    const serials = Array.from({ length: 5000 }, (_, index) => `BULK${index}`)
    expect(await world.admin('expect-devices', { body: { serials, note: 'all' } })).toEqual({ expected: 5000 })
    expect(await world.admin('forget-devices', { body: { serials } })).toEqual({ forgotten: 5000 })
    const { items } = await world.admin('list-audit', { query: { limit: 2 } })
    expect(items.map(({ action }) => action)).toEqual(['forget-devices', 'expect-devices'])
    const malformed = await world.admin.refused('expect-devices', { body: { serials: ['with space'] } })
    expect(malformed).toMatchObject({ status: 400, code: 'request-malformed' })
  })
})

describe('automated enrollment over TLS', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('sqlite over TLS', { options: { machineInfoCa: apple.file } })
  })
  afterAll(() => world.close())

  it('gives Apple Configurator the anchors that its devices need to trust this server', async () => {
    const url = `${world.url}/enroll/automated`
    const told = await (await fetch(`${world.url}/MDMServiceConfig`)).json()
    expect(told).toEqual({ dep_enrollment_url: url, dep_anchor_certs_url: `${url}/anchors` })
    const [anchor = '', ...more] = (await (await fetch(`${url}/anchors`)).json()) as readonly string[]
    const { cert } = await trustedLocalhost()
    expect(more).toEqual([])
    expect(readCertificate(Buffer.from(anchor, 'base64')).x509.toString()).toBe(new X509Certificate(cert).toString())
  })

  it('lets who sends what cannot be read wait, and never says 401', async () => {
    const statuses = new Set<number>()
    let wait: string | null = null
    for (let sent = 0; sent < 60 && wait === null; sent += 1) {
      const answer = await fetch(`${world.url}/enroll/automated`, { method: 'POST', body: 'nothing' })
      statuses.add(answer.status)
      wait = answer.headers.get('retry-after')
      await answer.arrayBuffer()
    }
    expect([...statuses].sort()).toEqual([400, 429])
    expect(Number(wait)).toBeGreaterThan(0)
  })
})
