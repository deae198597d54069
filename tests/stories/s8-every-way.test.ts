import type { Device, DeviceKind, Way } from '@edict/device'
import type { KeyPair } from '@edict/pki'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { person } from '../harness/account-person.ts'
import { type AppleAuthority, appleAuthority } from '../harness/apple-authority.ts'
import { activation } from '../harness/declarations.ts'
import { findsNothingForeign, getsWhatItCan } from '../harness/eligible.ts'
import { everyDeclaration } from '../harness/every-declaration.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { deviceKeys } from '../harness/keys.ts'
import { atRest, disagreements } from '../harness/witness.ts'
import { openWorld, type World, type WorldDevice } from '../harness/world.ts'

/** Every way to enroll, with the kinds of devices that can come by it. */
const ways = {
  profile: ['ipad', 'iphone', 'mac', 'apple-tv', 'vision'],
  automated: ['ipad', 'iphone', 'mac', 'apple-tv', 'vision', 'shared-ipad'],
  'account-driven user enrollment': ['byod-iphone', 'byod-mac'],
  'account-driven device enrollment': ['ipad', 'iphone', 'mac', 'vision'],
  'through its iPhone': ['watch'],
} as const satisfies Readonly<Record<string, readonly DeviceKind[]>>

type WayName = keyof typeof ways
type PairedPhone = Extract<Way, { readonly kind: 'watch' }>['phone']

/** Who is enrolled by a profile or an account was not taken out of the box by an organization. */
const unsupervised: readonly WayName[] = ['profile', 'account-driven device enrollment']

const everything = everyDeclaration()
const all = Object.entries(ways).flatMap(([way, kinds]) => kinds.map((kind) => [way as WayName, kind] as const))

let apple: AppleAuthority
let factory: KeyPair
beforeAll(async () => {
  apple = await appleAuthority()
  factory = await apple.device()
})
afterAll(() => apple.remove())

describe.each(grounds)('S8 every way to enroll on %s', (ground) => {
  let world: World
  const devices = new Map<string, Device>()
  beforeAll(async () => {
    const options = { machineInfoCa: apple.file, accountDriven: 'byod,adde' }
    world = await openWorld(ground, { insecureDevices: false, options })
    await putSet(world.admin, 'everything', everything)
    const enrollers = await enrollersOf(world)
    for (const [way, kind] of all) {
      const supervised = unsupervised.includes(way) ? { supervised: false } : {}
      const made: WorldDevice = { kind, keys: deviceKeys, appleIdentity: factory, users: ['ada'], ...supervised }
      const device = world.make(made)
      await enrollers[way](device)
      devices.set(`${way} ${kind}`, device)
    }
    const enrollments = [...devices.values()].flatMap((device) => device.channels().map(({ id }) => id))
    await world.admin('put-group', { params: { name: 'everybody' }, body: { enrollments } })
    await world.admin('put-group-set', { params: { name: 'everybody', set: 'everything' }, body: {} })
    await atRest(world, [...devices.values()])
  })
  afterAll(() => world.close())

  it.each(all)('%s: %s gets only what its eligibility allows, and all of that', async (way, kind) => {
    const device = devices.get(`${way} ${kind}`)
    if (device === undefined) throw new Error(`${kind} did not enroll`)
    await getsWhatItCan(world, device, everything)
    findsNothingForeign(device)
    for (const { id } of device.channels()) expect(await disagreements(world, device, id)).toEqual([])
  })

  it.each(all)('%s: %s is known to the server as what it is', async (way, kind) => {
    const device = devices.get(`${way} ${kind}`)
    const enrollment = await world.admin('get-enrollment', { params: { id: device?.id ?? '' } })
    const { supervised, serialNumber } = device?.inspect() ?? {}
    expect(enrollment).toMatchObject({ state: 'enrolled', enabled: true, behind: false })
    expect(enrollment.serialNumber ?? null).toBe(serialNumber)
    if (enrollment.supervised !== null && kind !== 'mac' && kind !== 'byod-mac')
      expect(enrollment.supervised).toBe(supervised)
  })
})

/** How a device comes by each way. */
async function enrollersOf(world: World): Promise<Readonly<Record<WayName, (device: Device) => Promise<void>>>> {
  const ada = await person(world, 'ada@school.example')
  return {
    profile: async (device) => {
      const { link } = await world.admin('create-invitation', { body: {} })
      await device.enroll(await invitedProfile(link))
    },
    automated: async (device) => {
      const serial = device.inspect().serialNumber ?? ''
      const shared = device.inspect().kind === 'shared-ipad'
      await world.admin('expect-devices', { body: { serials: [serial], awaits: true, shared } })
      await device.enroll({ kind: 'automated', url: `${world.url}/enroll/automated`, awaits: true })
    },
    'account-driven user enrollment': (device) => device.enroll({ ...ada.way }),
    'account-driven device enrollment': (device) => device.enroll({ ...ada.way }),
    'through its iPhone': async (device) => device.enroll({ kind: 'watch', phone: await pairedPhone(world) }),
  }
}

/** An iPhone whose declarations manage its Watch. */
async function pairedPhone(world: World): Promise<PairedPhone> {
  const phone = world.make({ kind: 'iphone', keys: deviceKeys, appleIdentity: factory })
  const { link } = await world.admin('create-invitation', { body: {} })
  await phone.enroll(await invitedProfile(link))
  await world.inSync(phone)
  const EnrollmentProfileURL = `${world.url.replace('http:', 'https:')}/enroll/watch`
  await putSet(world.admin, 'watches', {
    watches: { Type: 'com.apple.configuration.watch.enrollment', Payload: { EnrollmentProfileURL } },
    'watches.on': activation(['watches']),
  })
  await giveSet(world.admin, 'watches', phone.id)
  await world.inSync(phone)
  return {
    // A declaration has to say https, also where this server listens without.
    watchEnrollment: () => {
      const terms = phone.watchEnrollment()
      return terms && { ...terms, url: terms.url.replace(/^https?:/, new URL(world.url).protocol) }
    },
    pairingToken: phone.pairingToken,
  }
}
