import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const item = 'com.example.level'

describe.each(databases)('a status item over the fleet on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
    for (const name of ['1', '2', '3']) {
      const device = ipad(world.url, name)
      await device.enroll()
      if (name !== '2') await device.report({ 'com.example': { level: Number(name) } })
    }
  })
  afterAll(() => world.close())

  const pages = async (query: { readonly limit: number; readonly value?: string }) => {
    const found: string[][] = []
    let cursor: string | null = null
    do {
      const page: { items: readonly { enrollment: string }[]; next: string | null } = await world.admin(
        'get-fleet-status',
        { params: { item }, query: { ...query, ...(cursor === null ? {} : { cursor }) } },
      )
      found.push(page.items.map(({ enrollment }) => enrollment.replace('IPAD-', '')))
      cursor = page.next
    } while (cursor !== null)
    return found
  }

  it('comes in full pages, those who reported first, and the last page is not an empty one', async () => {
    expect(await pages({ limit: 1 })).toEqual([['1'], ['3'], ['2']])
    expect(await pages({ limit: 2 })).toEqual([['1', '3'], ['2']])
    expect(await pages({ limit: 3 })).toEqual([['1', '3', '2']])
    expect(await pages({ limit: 100 })).toEqual([['1', '3', '2']])
  })

  it('with a value asked for, is only those who reported it', async () => {
    expect(await pages({ limit: 1, value: '3' })).toEqual([['3']])
    expect(await pages({ limit: 1, value: '4' })).toEqual([[]])
  })
})
