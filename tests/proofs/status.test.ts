import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('status on %s', (database) => {
  let world: World
  let device: Wire
  beforeAll(async () => {
    world = await openWorld(database)
    device = ipad(world.url, 'STATUS')
    await device.enroll()
  })
  afterAll(() => world.close())

  const item = async (name: string) => (await world.admin('get-status', { params: { id: device.id } })).items[name]

  it('is answered 200 with an empty body, never 204', async () => {
    const reply = await device.report({ device: { 'operating-system': { version: '26.4.2' } } })
    expect(reply.status).toBe(200)
    expect(reply.body.length).toBe(0)
    expect(reply.headers.get('content-length')).toBe('0')
  })

  it('replaces the old OS version by the new one, in the enrollment too', async () => {
    await device.report({ device: { 'operating-system': { version: '26.5' } } })
    expect(await item('device.operating-system.version')).toMatchObject({ answer: 'value', value: '26.5' })
    expect((await world.admin('get-enrollment', { params: { id: device.id } })).osVersion).toBe('26.5')
  })

  it('keeps any namespace and lets it be asked for', async () => {
    await device.report({ 'com.example': { deep: { level: 7, list: [1, 2] } } })
    expect(await item('com.example.deep.level')).toMatchObject({ answer: 'value', value: 7 })
    const fleet = await world.admin('get-fleet-status', { params: { item: 'com.example.deep.level' } })
    expect(fleet.items.map(({ enrollment, value }) => [enrollment, value])).toEqual([[device.id, 7]])
    expect(fleet.counts.values).toEqual([{ value: 7, count: 1 }])
  })

  it.each(['_removed', 'removed'])('removes an array item marked %s', async (mark) => {
    const one = { identifier: `one ${mark}`, state: 'managed' }
    await device.report({ mdm: { app: [one, { identifier: `two ${mark}`, state: 'managed' }] } })
    await device.report({ mdm: { app: [{ identifier: `two ${mark}`, [mark]: true }] } })
    const apps = (await item('mdm.app'))?.value as unknown as { identifier: string }[]
    expect(apps).toContainEqual(one)
    expect(apps.some(({ identifier }) => identifier === `two ${mark}`)).toBe(false)
  })

  it('takes FullReport in either place', async () => {
    await device.reportRaw(JSON.stringify({ StatusItems: { test: { 'string-value': 'kept' } }, Errors: [] }))
    await device.reportRaw(
      JSON.stringify({ StatusItems: { FullReport: true, device: { model: { family: 'iPad' } } }, Errors: [] }),
    )
    expect((await item('test.string-value'))?.answer).not.toBe('value')
    expect(await item('device.model.family')).toMatchObject({ answer: 'value', value: 'iPad' })
  })

  it('keeps a report that cannot be understood raw, answers 200 and says so', async () => {
    const reply = await device.reportRaw('{"StatusItems": {')
    expect([reply.status, reply.body.length]).toEqual([200, 0])
    const { items } = await world.admin('list-reports', { params: { id: device.id } })
    expect(items[0]).toMatchObject({ understood: false })
    expect(Buffer.from(items[0]?.raw ?? '', 'base64').toString()).toBe('{"StatusItems": {')
  })

  it('keeps the last 20 reports, and the whole merged state', async () => {
    for (let count = 0; count < 25; count += 1) await device.report({ 'com.example': { [`n${count}`]: count } })
    const { items } = await world.admin('list-reports', { params: { id: device.id } })
    expect(items).toHaveLength(20)
    expect(await item('com.example.n0')).toMatchObject({ answer: 'value', value: 0 })
  })
})
