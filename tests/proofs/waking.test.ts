import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { enrolledFleet, pushTokenOf } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('a change on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
  })
  afterAll(() => world.close())

  const noWakesLeft = () =>
    eventually('no wake is pending', async () => (await world.server.services.store.scan.counts()).pendingWakes === 0)

  /** Pushes of these devices from here on, by token. */
  const pushesDuring = async (devices: readonly Wire[], change: () => Promise<unknown>) => {
    await noWakesLeft()
    const before = world.pushes.length
    await change()
    await noWakesLeft()
    const tokens = new Set(devices.map(pushTokenOf))
    return Map.groupBy(
      world.pushes.slice(before).filter((token) => tokens.has(token)),
      (token) => token,
    )
  }

  it.each([31, 10_000])(
    'to a group of %i wakes each device once, also when it has two sets',
    async (size) => {
      const name = `g${size}`
      const fleet = await enrolledFleet(world.url, name, size)
      await putSet(world.admin, `${name}.a`, { [`${name}.a1`]: testConfiguration('a') })
      await putSet(world.admin, `${name}.b`, {
        [`${name}.a1`]: testConfiguration('a'),
        [`${name}.b1`]: testConfiguration('b'),
      })
      await world.admin('put-group', { params: { name }, body: { enrollments: fleet.map(({ id }) => id) } })
      const assigned = await pushesDuring(fleet, async () => {
        await world.admin('put-group-set', { params: { name, set: `${name}.a` }, body: {} })
      })
      expect(assigned.size).toBe(size)
      expect([...assigned.values()].every((pushes) => pushes.length === 1)).toBe(true)

      await pushesDuring(fleet, () => world.admin('put-group-set', { params: { name, set: `${name}.b` }, body: {} }))
      const changed = await pushesDuring(fleet, () =>
        world.admin('put-declaration', { params: { identifier: `${name}.a1` }, body: testConfiguration('changed') }),
      )
      expect(changed.size).toBe(size)
      expect([...changed.values()].every((pushes) => pushes.length === 1)).toBe(true)
    },
    180_000,
  )

  it('that leaves a device what it has wakes nobody', async () => {
    const device = ipad(world.url, 'CALM')
    await device.enroll()
    await device.enable()
    await device.items()
    const pushed = await pushesDuring([device], () =>
      world.admin('put-declaration', { params: { identifier: 'nobody.has.it' }, body: testConfiguration('unused') }),
    )
    expect(pushed.size).toBe(0)
  })
})
