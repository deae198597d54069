import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { handInSchool, ofRole, type Role, hostedSchool as school } from '../harness/school.ts'
import { atRest, bodiesIn, disagreements, heldBy, inForceOn, requestsDuring } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(grounds)('S6 the school on %s', (ground) => {
  let world: World
  let ipads: readonly Device[]
  let hosted: ReadonlyMap<string, string>
  beforeAll(async () => {
    world = await openWorld(ground, { behindProxy: true })
    ipads = await Promise.all(Array.from({ length: 4 }, () => world.enroll({ kind: 'ipad' })))
    hosted = await handInSchool(world.url)
    await putSet(world.admin, 'school', school)
    await world.admin('put-group', { params: { name: 'ipads' }, body: { enrollments: ipads.map(({ id }) => id) } })
    await world.admin('put-group-set', { params: { name: 'ipads', set: 'school' }, body: {} })
    await atRest(world, ipads)
  })
  afterAll(() => world.close())

  const ipad = (index: number): Device => {
    const device = ipads[index]
    if (device === undefined) throw new Error(`there is no iPad ${index}`)
    return device
  }
  const assign = (device: Device, roles: readonly Role[]) =>
    world.admin('put-properties', { params: { id: device.id }, body: { teacher: `owner of ${device.id}`, roles } })
  const brought = (roles: readonly Role[]) => roles.map((role) => ofRole[role]).sort()
  const agree = async () => {
    for (const device of ipads) expect(await disagreements(world, device)).toEqual([])
  }

  it('the profiles are there before anybody has a device; credentials are fetched when they are needed, once', async () => {
    const fetched = (device: Device) =>
      device.requests
        .filter(({ endpoint }) => endpoint.startsWith('GET '))
        .map(({ endpoint, status }) => [endpoint, status])
    const got = (...names: readonly string[]) => names.map((name) => [`GET ${hosted.get(name)}`, 200])
    for (const device of ipads)
      expect(fetched(device).sort()).toEqual(got('lower.mobileconfig', 'upper.mobileconfig').sort())
  })

  it('everything is loaded on iPads that nobody has yet, and nothing is in force', async () => {
    for (const device of ipads) {
      for (const [identifier, { Type }] of Object.entries(school))
        expect(heldBy(device)).toContain(`${Type.split('.')[2]}/${identifier}`)
      expect(inForceOn(device)).toEqual([])
    }
    await agree()
  })

  it('the server can say of each role why it is not in force: the predicate is false', async () => {
    const { items } = await world.admin('get-conditions', { params: { id: ipad(0).id } })
    for (const [role, configuration] of Object.entries(ofRole)) {
      expect(items.find(({ identifier }) => identifier === configuration)).toMatchObject({
        condition: 'inactive',
        reason: { code: 'Info.Predicate' },
        evidence: { predicate: `"${role}" IN @property(roles)` },
      })
    }
  })

  it.each<[number, Role[]]>([
    [0, ['Lower', 'Sports']],
    [1, ['Upper', 'IT Admin']],
  ])('assigning teacher %i sends one properties declaration and nothing else', async (index, roles) => {
    const before = world.pushes.length
    const asked = await requestsDuring(world, ipads, () => assign(ipad(index), roles))
    const requests = (asked.get(ipad(index)) ?? []).map(({ endpoint }) => endpoint)
    expect(requests.filter((endpoint) => !endpoint.startsWith('GET ') && endpoint !== 'status')).toEqual([
      'Idle',
      'Acknowledged DeclarativeManagement',
      'declaration-items',
      'declaration/management/edict.properties',
      'tokens',
    ])
    for (const other of ipads) if (other !== ipad(index)) expect(asked.get(other)).toEqual([])
    expect(world.pushes.slice(before)).toEqual([ipad(index).channels()[0]?.pushToken])
  })

  it('who administers gets the credentials, from the server and once', async () => {
    const fetched = (device: Device) =>
      device.requests.filter(({ endpoint }) => endpoint === `GET ${hosted.get('it.json')}`).map(({ status }) => status)
    expect(ipads.map(fetched)).toEqual([[], [200], [], []])
  })

  it('what each iPad has in force follows from the roles of its teacher', async () => {
    expect(inForceOn(ipad(0))).toEqual(brought(['Lower', 'Sports']))
    expect(inForceOn(ipad(1))).toEqual(brought(['Upper', 'IT Admin']))
    expect(inForceOn(ipad(2))).toEqual([])
    await agree()
  })

  it('a new role of a teacher is one declaration', async () => {
    const asked = await requestsDuring(world, ipads, () => assign(ipad(1), ['Upper', 'IT Admin', 'Sports']))
    expect(bodiesIn(asked.get(ipad(1)))).toEqual(['declaration/management/edict.properties'])
    expect(asked.get(ipad(0))).toEqual([])
    expect(inForceOn(ipad(1))).toEqual(brought(['Upper', 'IT Admin', 'Sports']))
    await agree()
  })

  it('a teacher who moves to the other school is one declaration, and the Wi-Fi changes', async () => {
    const asked = await requestsDuring(world, ipads, () => assign(ipad(0), ['Upper']))
    expect(bodiesIn(asked.get(ipad(0)))).toEqual(['declaration/management/edict.properties'])
    expect(inForceOn(ipad(0))).toEqual(brought(['Upper']))
    await agree()
  })

  it('an iPad that is handed in fetches nothing, holds everything still, and has nothing in force', async () => {
    const asked = await requestsDuring(world, ipads, () =>
      world.admin('put-properties', { params: { id: ipad(1).id }, body: {} }),
    )
    expect(bodiesIn(asked.get(ipad(1)))).toEqual([])
    expect(heldBy(ipad(1))).not.toContain('management/edict.properties')
    expect(heldBy(ipad(1))).toContain('configuration/it-admin.mail')
    expect(inForceOn(ipad(1))).toEqual([])
    await agree()
  })

  it('the same roles again reach nobody', async () => {
    const before = world.pushes.length
    const asked = await requestsDuring(world, ipads, () => assign(ipad(0), ['Upper']))
    expect(asked.get(ipad(0))).toEqual([])
    expect(world.pushes.length).toBe(before)
  })
})
