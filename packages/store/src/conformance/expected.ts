import { describe, expect, it } from 'vitest'
import type { ExpectedDevice } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const wish = (serial: string, more: Partial<ExpectedDevice> = {}): Omit<ExpectedDevice, 'device' | 'givenAt'> => ({
  serial,
  awaits: false,
  shared: false,
  note: '',
  expectedAt: 1000,
  ...more,
})

describe.each(databases)('expected devices on $name', (database) => {
  const node = nodeOf(database)
  const put = (...devices: Parameters<typeof wish>[]) =>
    node.store.transaction((tx) => tx.putExpected(devices.map((one) => wish(...one))))
  const given = (serial: string, device: string, at = 2000) =>
    node.store.transaction((tx) => tx.noteGiven(serial, device, at))
  const read = (serial: string) => node.store.read.expectedDevice({ serial })

  it('are found by serial number, and by the id of the device that showed it last', async () => {
    await put(['E1', { awaits: true, shared: true, note: 'für 5b' }], ['E2'])
    expect(await read('E1')).toEqual({
      ...wish('E1', { awaits: true, shared: true, note: 'für 5b' }),
      device: null,
      givenAt: null,
    })
    expect([await given('E1', 'udid-e'), await given('nobody', 'udid-e')]).toEqual([true, false])
    expect(await node.store.read.expectedDevice({ device: 'udid-e' })).toMatchObject({ serial: 'E1', givenAt: 2000 })
    await given('E2', 'udid-e', 3000)
    expect(await node.store.read.expectedDevice({ device: 'udid-e' })).toMatchObject({ serial: 'E2' })
    expect(await node.store.read.expectedDevice({ device: 'E1' })).toBeUndefined()
  })

  it('keep what is known of them when they are expected once more', async () => {
    await put(['F1', { note: 'old' }])
    await given('F1', 'udid-f')
    await put(['F1', { note: 'twice' }], ['F1', { note: 'new', awaits: true, expectedAt: 5000 }])
    expect(await read('F1')).toMatchObject({ note: 'new', awaits: true, expectedAt: 1000, device: 'udid-f' })
  })

  it('are thousands at once, listed by pages, and forgotten', async () => {
    const serials = Array.from({ length: 3000 }, (_, index) => `G${String(index).padStart(4, '0')}`)
    await put(...serials.map((serial): [string] => [serial]))
    const first = await node.store.scan.expectedDevices('G', 2)
    expect(first.items.map(({ serial }) => serial)).toEqual(['G0000', 'G0001'])
    expect((await node.store.scan.expectedDevices(first.next, 1)).items[0]?.serial).toBe('G0002')
    expect(await node.store.transaction((tx) => tx.forgetExpected([...serials, 'nobody']))).toBe(3000)
    expect(await read('G0000')).toBeUndefined()
  })
})

describe.each(databases)('deadlines on $name', (database) => {
  const node = nodeOf(database)
  const add = (channel: string, due: number) => node.store.transaction((tx) => tx.addDeadline(channel, due))

  it('are passed from their moment on, earliest first, until they are ended', async () => {
    await add('d2', 200)
    await add('d1', 100)
    expect(await node.store.read.passedDeadlines(99, 10)).toEqual([])
    expect(await node.store.read.passedDeadlines(200, 10)).toEqual(['d1', 'd2'])
    expect(await node.store.read.passedDeadlines(200, 1)).toEqual(['d1'])
    await node.store.transaction((tx) => tx.endDeadlines(['d1', 'nobody']))
    expect(await node.store.read.passedDeadlines(200, 10)).toEqual(['d2'])
    expect([await node.store.read.deadline('d1'), await node.store.read.deadline('d2')]).toEqual([undefined, 200])
  })

  it('are not put off by being said again, and end with what belonged to the period', async () => {
    await add('d3', 300)
    await add('d3', 900)
    expect(await node.store.read.deadline('d3')).toBe(300)
    await node.store.transaction((tx) => tx.forget(['d3']))
    expect(await node.store.read.deadline('d3')).toBeUndefined()
  })
})
