import type { Device } from '@edict/device'
import { createSignedData, type KeyPair } from '@edict/pki'
import {
  decodeEnrollmentError,
  decodeGetTokenReply,
  encodeMachineInfo,
  type MachineInfo,
  type TokenParameters,
} from '@edict/protocol'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppleAuthority, appleAuthority } from '../harness/apple-authority.ts'
import { databases } from '../harness/databases.ts'
import { activation } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { deviceKeys } from '../harness/keys.ts'
import { identityOf } from '../harness/proof-by-hand.ts'
import { outcome, say } from '../harness/speaker.ts'
import { openWorld, type World, type WorldDevice } from '../harness/world.ts'

const minute = 60_000

let apple: AppleAuthority
let factory: KeyPair
beforeAll(async () => {
  apple = await appleAuthority()
  factory = await apple.device()
})
afterAll(() => apple.remove())

describe.each(databases)('a Watch and its iPhone on %s', (database) => {
  let world: World
  let phone: Device
  let passed = 0
  beforeAll(async () => {
    const options = { machineInfoCa: apple.file }
    world = await openWorld(database, { insecureDevices: false, now: () => Date.now() + passed, options })
    const EnrollmentProfileURL = `${world.url.replace('http:', 'https:')}/enroll/watch`
    await putSet(world.admin, 'watches', {
      watches: { Type: 'com.apple.configuration.watch.enrollment', Payload: { EnrollmentProfileURL } },
      'watches.on': activation(['watches']),
    })
    phone = await iPhone()
    await giveSet(world.admin, 'watches', phone.id)
    await world.inSync(phone)
  })
  afterAll(() => world.close())

  const made = (device: WorldDevice): Device => world.make({ keys: deviceKeys, appleIdentity: factory, ...device })
  const iPhone = async (): Promise<Device> => {
    const device = made({ kind: 'iphone' })
    await device.enroll(await invitedProfile((await world.admin('create-invitation', { body: {} })).link))
    await world.inSync(device)
    return device
  }
  /** The simulated Watch speaks plain HTTP to this server, where a declaration has to say https. */
  const paired = (device: Device) => ({
    watchEnrollment: () => {
      const terms = device.watchEnrollment()
      return terms && { ...terms, url: terms.url.replace('https:', 'http:') }
    },
    pairingToken: device.pairingToken,
  })

  const infoOf = (watch: string, more: Partial<MachineInfo> = {}): MachineInfo => ({
    PRODUCT: 'Watch7,1',
    VERSION: '23R1',
    OS_VERSION: '26.4',
    UDID: watch,
    SERIAL: 'WATCH',
    ...more,
  })
  const post = async (info: MachineInfo, signer = factory) => {
    const body = new Uint8Array(createSignedData(encodeMachineInfo(info), { signer }))
    const headers = { 'content-type': 'application/pkcs7-signature' }
    return fetch(`${world.url}/enroll/watch`, { method: 'POST', headers, body })
  }
  const errorOf = async (response: Response) => {
    expect(response.status).toBe(403)
    return decodeEnrollmentError(
      new Uint8Array(await response.arrayBuffer()),
      response.headers.get('content-type') ?? '',
    )
  }
  /** The security token that a Watch is told. */
  const securityToken = async (watch: string, token?: Uint8Array): Promise<string> => {
    const error = await errorOf(await post(infoOf(watch, token === undefined ? {} : { PAIRING_TOKEN: token })))
    if (error.code !== 'com.apple.watch.pairing.token.missing') throw new Error(`was told ${error.code}`)
    return error.details['security-token']
  }
  const getToken = (by: Device, TokenParameters: TokenParameters) => {
    const keys = { UDID: by.id }
    const message = { MessageType: 'GetToken', ...keys, TokenServiceType: 'com.apple.watch.pairing', TokenParameters }
    return say(world.url, keys, message as Parameters<typeof say>[2], { by: identityOf(by) })
  }
  const pairingToken = async (SecurityToken: string, WatchUDID: string): Promise<Uint8Array> => {
    const reply = await getToken(phone, { SecurityToken, PhoneUDID: phone.id, WatchUDID })
    expect(reply.status).toBe(200)
    return decodeGetTokenReply(Buffer.from(reply.body)).TokenData
  }

  it('enroll the Watch: it is told a security token, the iPhone gets a pairing token for it, and then there is a profile', async () => {
    const watch = made({ kind: 'watch' })
    await watch.enroll({ kind: 'watch', phone: paired(phone) })
    await world.inSync(watch)
    expect(watch.requests.slice(0, 2).map(({ endpoint, status }) => `${endpoint} ${status}`)).toEqual([
      'POST enrollment profile 403',
      'POST enrollment profile 200',
    ])
    expect(phone.requests.at(-1)).toMatchObject({ endpoint: 'GetToken', status: 200 })
    const { platform, state } = await world.admin('get-enrollment', { params: { id: watch.id } })
    expect([platform, state]).toEqual(['watchOS', 'enrolled'])
  })

  it('do not, where the iPhone holds no such declaration', async () => {
    const other = await iPhone()
    const watch = made({ kind: 'watch' })
    await expect(watch.enroll({ kind: 'watch', phone: paired(other) })).rejects.toMatchObject({
      code: 'watch-unmanaged',
    })
    const SecurityToken = await securityToken('WATCH-UNMANAGED')
    const asked = { SecurityToken, PhoneUDID: other.id, WatchUDID: 'WATCH-UNMANAGED' }
    expect(outcome(await getToken(other, asked))).toBe('pairing-refused')
    // What it is to lose does not count, nor what it is to have.
    await giveSet(world.admin, 'watches', other.id)
    await world.inSync(other)
    other.model.setNetwork(false)
    await world.admin('delete-enrollment-set', { params: { id: other.id, name: 'watches' } })
    expect(outcome(await getToken(other, asked))).toBe('pairing-refused')
    other.model.setNetwork(true)
    await other.sync()
    await world.inSync(other)
    other.model.setNetwork(false)
    await giveSet(world.admin, 'watches', other.id)
    expect(outcome(await getToken(other, asked))).toBe('pairing-refused')
    other.model.setNetwork(true)
    await other.sync()
    await world.inSync(other)
    expect(outcome(await getToken(other, asked))).toBe('accepted')
  })

  it('fit each other: no other iPhone, no other Watch, no other token', async () => {
    const other = await iPhone()
    await giveSet(world.admin, 'watches', other.id)
    await world.inSync(other)
    const SecurityToken = await securityToken('WATCH-1')
    const right = { SecurityToken, PhoneUDID: phone.id, WatchUDID: 'WATCH-1' }
    const mixedUp: [Device, TokenParameters][] = [
      [other, right],
      [phone, { ...right, PhoneUDID: other.id }],
      [phone, { ...right, WatchUDID: 'WATCH-2' }],
      [phone, { ...right, SecurityToken: await securityToken('WATCH-2') }],
      [phone, { ...right, SecurityToken: SecurityToken.toLowerCase() }],
      [phone, { PhoneUDID: phone.id, WatchUDID: 'WATCH-1' }],
      [phone, {}],
    ]
    for (const [by, parameters] of mixedUp) expect(outcome(await getToken(by, parameters))).toBe('pairing-refused')
    const token = await pairingToken(SecurityToken, 'WATCH-1')
    const forged = Uint8Array.from(token, (octet, index) => (index === 0 ? octet ^ 1 : octet))
    await securityToken('WATCH-2', token)
    await securityToken('WATCH-1', forged)
    await securityToken('WATCH-1', Buffer.from(SecurityToken))
    expect((await post(infoOf('WATCH-1', { PAIRING_TOKEN: token }))).status).toBe(200)
  })

  it('count once, each token', async () => {
    const SecurityToken = await securityToken('WATCH-ONCE')
    const token = await pairingToken(SecurityToken, 'WATCH-ONCE')
    const again = { SecurityToken, PhoneUDID: phone.id, WatchUDID: 'WATCH-ONCE' }
    expect(outcome(await getToken(phone, again))).toBe('pairing-refused')
    expect((await post(infoOf('WATCH-ONCE', { PAIRING_TOKEN: token }))).status).toBe(200)
    // Who repeats it begins anew.
    expect(await securityToken('WATCH-ONCE', token)).not.toBe(SecurityToken)
  })

  it('have ten minutes', async () => {
    const late = await securityToken('WATCH-LATE')
    const token = await pairingToken(await securityToken('WATCH-SLOW'), 'WATCH-SLOW')
    passed += 11 * minute
    const asked = { SecurityToken: late, PhoneUDID: phone.id, WatchUDID: 'WATCH-LATE' }
    expect(outcome(await getToken(phone, asked))).toBe('pairing-refused')
    await securityToken('WATCH-SLOW', token)
  })

  it('are forgotten with the iPhone: a token of one that left counts no more', async () => {
    const leaver = await iPhone()
    await giveSet(world.admin, 'watches', leaver.id)
    await world.inSync(leaver)
    const SecurityToken = await securityToken('WATCH-ORPHAN')
    const token = await leaver.pairingToken(SecurityToken, 'WATCH-ORPHAN')
    await leaver.checkOut()
    await securityToken('WATCH-ORPHAN', token)
  })

  it('are a Watch that Apple made, and an iPhone that speaks for itself', async () => {
    expect(await errorOf(await post(infoOf('IPAD', { PRODUCT: 'iPad14,4' })))).toMatchObject({
      code: 'com.apple.unrecognized.device',
    })
    const { UDID, ...nameless } = infoOf('NAMELESS')
    expect(UDID).toBe('NAMELESS')
    expect((await post(nameless)).status).toBe(400)
    expect((await post(infoOf('FORGED'), await apple.developer())).status).toBe(400)
    const stranger = await appleAuthority()
    expect((await post(infoOf('FORGED'), await stranger.device())).status).toBe(400)
    await stranger.remove()
  })

  it('leave no token in the database, the audit or the events', async () => {
    const SecurityToken = await securityToken('WATCH-SECRET')
    const token = Buffer.from(await pairingToken(SecurityToken, 'WATCH-SECRET'))
    const { read, scan } = world.server.services.store
    const told = [await scan.audit(null, 100), await scan.events(0, 1000), await read.channel(phone.id)]
    expect(JSON.stringify(told)).not.toMatch(new RegExp(`${SecurityToken}|${token.toString('hex')}`))
    expect(await read.pairing(token.toString('hex'))).toBeUndefined()
  })
})
