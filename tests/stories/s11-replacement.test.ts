import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { ofRole, school } from '../harness/school.ts'
import { atRest, disagreements, inForceOn, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(grounds)('S11 a replacement on %s', (ground) => {
  let world: World
  let broken: Device
  let colleague: Device
  let spare: Device
  let heldBefore: readonly string[]
  const properties = { teacher: 'Ada', roles: ['Upper', 'Sports'] }
  beforeAll(async () => {
    world = await openWorld(ground)
    broken = await world.enroll({ kind: 'ipad' })
    colleague = await world.enroll({ kind: 'ipad' })
    spare = await world.enroll({ kind: 'ipad' })
    await putSet(world.admin, 'school', school)
    await putSet(world.admin, 'own', { 'own.test': testConfiguration('given by name') })
    await putSet(world.admin, 'kept-away', { 'away.test': testConfiguration('excluded') })
    const teachers = { enrollments: [broken.id, colleague.id] }
    await world.admin('put-group', { params: { name: 'teachers' }, body: teachers })
    for (const set of ['school', 'kept-away'])
      await world.admin('put-group-set', { params: { name: 'teachers', set }, body: {} })
    await giveSet(world.admin, 'own', broken.id)
    await world.admin('put-enrollment-set', { params: { id: broken.id, name: 'kept-away' }, body: { exclude: true } })
    await world.admin('put-properties', { params: { id: broken.id }, body: properties })
    await atRest(world, [broken, colleague, spare])
    heldBefore = pairs(broken)
    broken.model.setNetwork(false)
  })
  afterAll(() => world.close())

  const pairs = (device: Device) =>
    viewOf(device).held.map(({ kind, identifier, serverToken }) => `${kind}/${identifier} ${serverToken}`)
  const enrollment = ({ id }: Device) => world.admin('get-enrollment', { params: { id } })

  it('the old one held sets by name and by group, and its properties, and not what it is kept from', () => {
    const identifiers = viewOf(broken).held.map(({ identifier }) => identifier)
    expect(identifiers).toEqual(expect.arrayContaining([...Object.keys(school), 'own.test', 'edict.properties']))
    expect(identifiers).not.toContain('away.test')
    expect(viewOf(spare).held.every(({ identifier }) => identifier.startsWith('edict.'))).toBe(true)
  })

  it('sets, groups and properties move in one command', async () => {
    const before = (await world.admin('list-audit')).items.length
    await world.admin('move-enrollment', { params: { id: broken.id, other: spare.id } })
    expect((await world.admin('list-audit')).items.length).toBe(before + 1)
    expect(await enrollment(broken)).toMatchObject({ groups: [], sets: [] })
    const { groups, sets } = await enrollment(spare)
    expect(groups).toEqual(['teachers'])
    expect(sets.map(({ set, exclude, from }) => [set, exclude, from])).toEqual(
      expect.arrayContaining([
        ['own', false, 'enrollment'],
        ['kept-away', true, 'enrollment'],
        ['school', false, 'group:teachers'],
      ]),
    )
    expect(await world.admin('get-properties', { params: { id: spare.id } })).toMatchObject({ properties })
    expect(await world.admin('get-properties', { params: { id: broken.id } })).toMatchObject({ properties: {} })
  })

  it('the new one ends holding exactly what the old one held, and the same in force', async () => {
    await atRest(world, [spare])
    expect(pairs(spare)).toEqual(heldBefore)
    expect(inForceOn(spare)).toEqual(
      [ofRole.Sports, ofRole.Upper, 'own.test'].filter((one) => inForceOn(broken).includes(one)),
    )
    expect(inForceOn(spare)).toEqual(inForceOn(broken))
    expect(await disagreements(world, spare)).toEqual([])
  })

  it('its colleague in the group is not reached', async () => {
    expect((await enrollment(colleague)).groups).toEqual(['teachers'])
    expect(await disagreements(world, colleague)).toEqual([])
  })

  it('until the old one is heard of, the server says of each declaration that it is not known to be gone', async () => {
    const { items } = await world.admin('get-conditions', { params: { id: broken.id } })
    expect(items.find(({ identifier }) => identifier === 'own.test')).toMatchObject({
      condition: 'removing',
      reason: { code: 'not-collected-without' },
    })
  })

  it('the old one, repaired, ends with nothing', async () => {
    broken.model.setNetwork(true)
    await world.admin('nudge-enrollment', { params: { id: broken.id } })
    await atRest(world, [broken])
    expect(viewOf(broken).held.every(({ identifier }) => identifier.startsWith('edict.status-'))).toBe(true)
    expect(inForceOn(broken)).toEqual([])
    expect(viewOf(broken).properties).toEqual({})
    expect(await disagreements(world, broken)).toEqual([])
  })

  it('a move that makes no sense is refused and changes nothing', async () => {
    const mac = await world.enroll({ kind: 'mac' })
    const user = mac.channels()[1]?.id ?? ''
    for (const other of [user, spare.id])
      expect(await world.admin.refused('move-enrollment', { params: { id: spare.id, other } })).toMatchObject({
        status: 409,
        code: 'move-incompatible',
      })
    expect(await world.admin.refused('move-enrollment', { params: { id: spare.id, other: 'NOBODY' } })).toMatchObject({
      status: 404,
      code: 'enrollment-missing',
    })
    expect((await enrollment(spare)).groups).toEqual(['teachers'])
    expect(pairs(spare)).toEqual(heldBefore)
  })
})
