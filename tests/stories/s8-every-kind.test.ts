import { type Device, type DeviceOptions, deviceKinds } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findsNothingForeign, getsWhatItCan } from '../harness/eligible.ts'
import { everyDeclaration } from '../harness/every-declaration.ts'
import { putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { atRest, disagreements, inForceOn, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const everything = everyDeclaration()
const MAIL = 'configuration.account.mail'
const PASSCODE = 'configuration.passcode.settings'
const BACKGROUND = 'configuration.services.background-tasks'
const ENFORCEMENT = 'configuration.softwareupdate.enforcement.specific'
const CERTIFICATE = 'configuration.security.certificate'
const FILES = 'configuration.services.configuration-files'
const SIRI = 'configuration.siri.settings'

type Made = Pick<DeviceOptions, 'kind' | 'supervised' | 'osVersion'>

/** Every kind, and an iPad enrolled by its user, and one that was not updated for years. */
const made: Readonly<Record<string, Made>> = {
  ...Object.fromEntries(deviceKinds.map((kind): [string, Made] => [kind, { kind }])),
  'ipad-by-profile': { kind: 'ipad', supervised: false },
  'ipad-of-2023': { kind: 'ipad', osVersion: '16.6' },
}

/** What Apple's schema says of a few that tell kinds apart, as `name/channel`. */
const telling: Readonly<Record<string, { readonly has: readonly string[]; readonly hasNot: readonly string[] }>> = {
  'ipad/device': { has: [MAIL, PASSCODE, ENFORCEMENT, CERTIFICATE, SIRI], hasNot: [BACKGROUND, FILES] },
  'ipad-by-profile/device': { has: [MAIL, PASSCODE, ENFORCEMENT, CERTIFICATE], hasNot: [SIRI, BACKGROUND] },
  'ipad-of-2023/device': { has: [MAIL, PASSCODE], hasNot: [ENFORCEMENT, CERTIFICATE, SIRI] },
  'iphone/device': { has: [MAIL, PASSCODE, ENFORCEMENT, CERTIFICATE], hasNot: [BACKGROUND, FILES] },
  'mac/device': { has: [PASSCODE, BACKGROUND, FILES, ENFORCEMENT], hasNot: [MAIL] },
  'mac/user': { has: [MAIL, CERTIFICATE], hasNot: [BACKGROUND, FILES, ENFORCEMENT] },
  'apple-tv/device': { has: [CERTIFICATE, ENFORCEMENT], hasNot: [MAIL, PASSCODE, BACKGROUND] },
  'vision/device': { has: [MAIL, CERTIFICATE], hasNot: [BACKGROUND, FILES] },
  'watch/device': { has: [PASSCODE, CERTIFICATE], hasNot: [MAIL, BACKGROUND] },
  'shared-ipad/device': { has: [ENFORCEMENT], hasNot: [MAIL, BACKGROUND] },
  'shared-ipad/user': { has: [MAIL], hasNot: [ENFORCEMENT, BACKGROUND] },
  'byod-iphone/device': { has: [MAIL, CERTIFICATE], hasNot: [ENFORCEMENT, BACKGROUND] },
  'byod-mac/device': { has: [], hasNot: [MAIL, BACKGROUND, ENFORCEMENT] },
  'byod-mac/user': { has: [MAIL], hasNot: [BACKGROUND, ENFORCEMENT] },
}

describe.each(grounds)('S8 every enrollment type and platform on %s', (ground) => {
  let world: World
  const devices = new Map<string, Device>()
  beforeAll(async () => {
    world = await openWorld(ground)
    await putSet(world.admin, 'everything', everything)
    await Promise.all(
      Object.entries(made).map(async ([name, options]) => {
        devices.set(name, await world.enroll({ ...options, users: ['ada'] }))
      }),
    )
    const enrollments = [...devices.values()].flatMap((device) => device.channels().map(({ id }) => id))
    await world.admin('put-group', { params: { name: 'everybody' }, body: { enrollments } })
    await world.admin('put-group-set', { params: { name: 'everybody', set: 'everything' }, body: {} })
    await atRest(world, [...devices.values()])
  })
  afterAll(() => world.close())

  const deviceOf = (name: string): Device => {
    const device = devices.get(name)
    if (device === undefined) throw new Error(`there is no ${name}`)
    return device
  }

  describe.each(Object.keys(made))('%s', (name) => {
    it('each channel gets only what it says it can have, and all of that', async () => {
      await getsWhatItCan(world, deviceOf(name), everything)
    })

    it('what is left out is said, with the reason, and where it lies', async () => {
      for (const { id } of deviceOf(name).channels()) {
        const { items } = await world.admin('get-conditions', { params: { id } })
        const leftOut = items.filter(({ condition }) => condition === 'left-out')
        expect(leftOut.length).toBeGreaterThan(0)
        for (const { identifier, reason, evidence } of leftOut) {
          expect(reason.code).toMatch(/^left-out-/)
          expect(reason.message).toContain('com.apple.')
          if (identifier.startsWith('on.')) expect(evidence.of, identifier).toBeDefined()
        }
      }
    })

    it('the device finds nothing that it does not know or that is not for it', () => {
      findsNothingForeign(deviceOf(name))
    })

    it('what the schema gives it is in force, what the schema keeps from it is not there', () => {
      const device = deviceOf(name)
      for (const { id, kind: channel } of device.channels()) {
        const expected = telling[`${name}/${channel}`]
        if (expected === undefined) throw new Error(`nothing is expected of ${name}/${channel}`)
        const held = viewOf(device, id).held.map(({ identifier }) => identifier)
        for (const identifier of expected.has) expect(inForceOn(device, id), `${name}/${channel}`).toContain(identifier)
        for (const identifier of expected.hasNot) expect(held, `${name}/${channel}`).not.toContain(identifier)
      }
    })

    it('the server is right about it', async () => {
      const device = deviceOf(name)
      for (const { id } of device.channels()) expect(await disagreements(world, device, id)).toEqual([])
    })
  })
})
