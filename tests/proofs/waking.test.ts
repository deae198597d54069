import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { changesOfGroup, pushesDuring } from '../harness/pushes.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('a change on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
  })
  afterAll(() => world.close())

  // Less than a page, and four pages in two batches; tests/soak has ten thousand.
  it.each([31, 650])(
    'to a group of %i wakes each device once, also when it has two sets',
    async (size) => {
      for (const pushed of await changesOfGroup(world, size)) {
        expect(pushed.size).toBe(size)
        expect([...pushed.values()].every((times) => times === 1)).toBe(true)
      }
    },
    180_000,
  )

  it('that leaves a device what it has wakes nobody', async () => {
    const device = ipad(world.url, 'CALM')
    await device.enroll()
    await device.enable()
    await device.items()
    const pushed = await pushesDuring(world, [device], () =>
      world.admin('put-declaration', { params: { identifier: 'nobody.has.it' }, body: testConfiguration('unused') }),
    )
    expect(pushed.size).toBe(0)
  })
})

describe.each(databases)('a change that waits to wake on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database, { options: { wakeWindow: '2000' } })
    await putSet(world.admin, 'moving', { 'moving.test': testConfiguration('before') })
  })
  afterAll(() => world.close())

  it('wakes a device too that goes elsewhere meanwhile, and wants the same there', async () => {
    const device = ipad(world.url, 'MOVING')
    await device.enroll()
    await giveSet(world.admin, 'moving', device.id)
    await device.enable()
    await device.items()
    const pushed = await pushesDuring(world, [device], async () => {
      await world.admin('put-declaration', { params: { identifier: 'moving.test' }, body: testConfiguration('after') })
      await device.report({ device: { 'operating-system': { version: '26.6' } } })
    })
    expect(pushed.size).toBe(1)
  })
})
