import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activation, legacyProfile, passcodePolicy } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { mailAccount } from '../harness/school.ts'
import { atRest, bodiesIn, disagreements, heldBy, inForceOn, requestsDuring } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const normal = ['mail', 'wifi']
const safe = ['lockdown']

describe.each(grounds)('S12 safe mode on %s', (ground) => {
  let world: World
  let device: Device
  let other: Device
  beforeAll(async () => {
    world = await openWorld(ground)
    device = await world.enroll({ kind: 'ipad' })
    other = await world.enroll({ kind: 'ipad' })
    await putSet(world.admin, 'modes', {
      'mail.identity': {
        Type: 'com.apple.asset.useridentity',
        Payload: { FullName: 'Ada', EmailAddress: 'ada@school.example.com' },
      },
      'mail.credentials': {
        Type: 'com.apple.asset.credential.userpassword',
        Payload: { Reference: { DataURL: 'https://content.example.com/ada.json', ContentType: 'application/json' } },
      },
      mail: mailAccount('Organization', 'mail.identity', 'mail.credentials'),
      wifi: legacyProfile('organization'),
      lockdown: passcodePolicy(12),
      'normal.activation': activation(normal, 'NOT (@property(safe-mode) == TRUE)'),
      'safe.activation': activation(safe, '@property(safe-mode) == TRUE'),
    })
    for (const { id } of [device, other]) await giveSet(world.admin, 'modes', id)
    await atRest(world, [device, other])
  })
  afterAll(() => world.close())

  const set = (body: { readonly [key: string]: string | boolean }) =>
    requestsDuring(world, [device, other], () => world.admin('put-properties', { params: { id: device.id }, body }))
  const isIn = async (configurations: readonly string[]) => {
    expect(inForceOn(device)).toEqual(configurations)
    expect(await disagreements(world, device)).toEqual([])
    expect(inForceOn(other)).toEqual(normal)
  }
  const one = ['declaration/management/edict.properties']

  it('without the property a device works as usual', () => isIn(normal))

  it('one property puts it into safe mode: what belongs to the organization goes, the strict policy comes', async () => {
    const asked = await set({ 'safe-mode': true })
    expect(bodiesIn(asked.get(device))).toEqual(one)
    expect(asked.get(other)).toEqual([])
    await isIn(safe)
  })

  it('what went is still held, so that nothing has to be sent again', () => {
    for (const identifier of normal) expect(heldBy(device)).toContain(`configuration/${identifier}`)
  })

  it('stays in safe mode when another property changes', async () => {
    expect(bodiesIn((await set({ 'safe-mode': true, ticket: 'INC-1' })).get(device))).toEqual(one)
    await isIn(safe)
  })

  it('another value takes it out', async () => {
    expect(bodiesIn((await set({ 'safe-mode': false })).get(device))).toEqual(one)
    await isIn(normal)
  })

  it('and so does taking the property away', async () => {
    await set({ 'safe-mode': true })
    await isIn(safe)
    expect(bodiesIn((await set({})).get(device))).toEqual([])
    await isIn(normal)
  })
})
