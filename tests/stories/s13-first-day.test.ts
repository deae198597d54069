import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inParallel } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { ofRole, type Role, school } from '../harness/school.ts'
import { atRest, bodiesIn, inForceOn, requestsDuring } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const TEACHERS = 200
const everyRole = Object.keys(ofRole) as readonly Role[]

/** One role at least, every combination of them. */
function rolesOf(teacher: number): readonly Role[] {
  const combination = (teacher % (2 ** everyRole.length - 1)) + 1
  return everyRole.filter((_, bit) => (combination & (1 << bit)) !== 0)
}

describe.each(grounds)('S13 the first day of school on %s', (ground) => {
  let world: World
  const ipads: Device[] = []
  beforeAll(async () => {
    world = await openWorld(ground)
    await putSet(world.admin, 'school', school)
    for (let teacher = 0; teacher < TEACHERS; teacher += 1) ipads.push(world.make({ kind: 'ipad' }))
    const enrollments = ipads.map(({ id }) => id)
    await inParallel(ipads, 32, (device) => device.enroll())
    await world.admin('put-group', { params: { name: 'ipads' }, body: { enrollments } })
    await world.admin('put-group-set', { params: { name: 'ipads', set: 'school' }, body: {} })
    await atRest(world, ipads)
  }, 300_000)
  afterAll(() => world.close())

  it(`${TEACHERS} teachers are assigned in one call: one wake and one small declaration each`, async () => {
    const before = world.pushes.length
    const items = ipads.map(({ id }, index) => ({ enrollment: id, properties: { roles: [...rolesOf(index)] } }))
    const asked = await requestsDuring(world, ipads, () => world.admin('post-properties', { body: { items } }))
    for (const device of ipads) expect(bodiesIn(asked.get(device))).toEqual(['declaration/management/edict.properties'])
    const pushes = world.pushes.slice(before)
    expect(pushes).toHaveLength(TEACHERS)
    expect(new Set(pushes)).toEqual(new Set(ipads.map((device) => device.channels()[0]?.pushToken)))
  })

  it('each iPad has in force what the roles of its teacher bring', () => {
    for (const [index, device] of ipads.entries())
      expect(inForceOn(device)).toEqual(
        rolesOf(index)
          .map((role) => ofRole[role])
          .sort(),
      )
  })

  it('the assignment is all or nothing, and one entry in the audit', async () => {
    const { items: audit } = await world.admin('list-audit')
    expect(audit.filter(({ action }) => action === 'post-properties')).toHaveLength(1)
    const items = [
      ...ipads.map(({ id }) => ({ enrollment: id, properties: { roles: ['Lower'] } })),
      { enrollment: 'NOBODY', properties: {} },
    ]
    const before = world.pushes.length
    const asked = await requestsDuring(world, ipads.slice(0, 5), async () => {
      const problem = await world.admin.refused('post-properties', { body: { items } })
      expect(problem).toMatchObject({ status: 404, code: 'enrollment-missing' })
    })
    expect([...asked.values()].flat()).toEqual([])
    expect(world.pushes.length).toBe(before)
  })
})
