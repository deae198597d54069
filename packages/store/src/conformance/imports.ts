import { describe, expect, it } from 'vitest'
import type { AwaitedDevice } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const device = (id: string, wish: Partial<AwaitedDevice> = {}): AwaitedDevice => ({
  device: id,
  certificate: `certificate of ${id}`,
  serial: `serial of ${id}`,
  at: 1000,
  ...wish,
})

describe.each(databases)('imports on $name', (database) => {
  const node = nodeOf(database)
  const add = (...devices: readonly AwaitedDevice[]) => node.store.transaction((tx) => tx.addAwaited(devices))

  it('gives back who is awaited, by device and by certificate', async () => {
    const [one, any] = [device('one'), device('any', { certificate: null, serial: null })]
    expect(await add(one, any)).toEqual(new Set(['one', 'any']))
    const { read } = node.store
    expect(await read.awaited({ device: 'one' })).toEqual(one)
    expect(await read.awaited({ certificate: 'certificate of one' })).toEqual(one)
    expect(await read.awaited({ device: 'any' })).toEqual(any)
    expect(await read.awaited({ device: 'certificate of one' })).toBeUndefined()
    expect(await read.awaited({ certificate: 'one' })).toBeUndefined()
  })

  it('awaits one device by a certificate, and as many as there are by any', async () => {
    await add(device('first', { certificate: 'shared' }))
    const others = [device('second', { certificate: 'shared' }), device('third', { certificate: null })]
    expect(await add(...others, device('fourth', { certificate: null }))).toEqual(new Set(['third', 'fourth']))
    expect(await node.store.read.awaited({ device: 'second' })).toBeUndefined()
    expect((await node.store.read.awaited({ certificate: 'shared' }))?.device).toBe('first')
  })

  it('replaces what was said of a device before', async () => {
    await add(device('again', { certificate: 'old' }))
    expect(await add(device('again', { certificate: 'new' }))).toEqual(new Set(['again']))
    expect(await node.store.read.awaited({ certificate: 'old' })).toBeUndefined()
    expect((await node.store.read.awaited({ device: 'again' }))?.certificate).toBe('new')
  })

  it('finds devices by id and by serial number', async () => {
    await add(device('by-id'), device('by-serial', { serial: 'C02' }))
    const found = await node.store.transaction((tx) => tx.awaitedAmong(['by-id', 'C02', 'nobody']))
    expect([...found].sort()).toEqual(['by-id', 'by-serial'])
    expect(await node.store.transaction((tx) => tx.awaitedAmong([]))).toEqual([])
  })

  it('ends once, also for two who try at once', async () => {
    await add(device('ended'))
    const end = () => node.store.transaction((tx) => tx.endAwaited(['ended', 'nobody']))
    expect((await Promise.all([end(), end()])).toSorted()).toEqual([0, 1])
    expect(await node.store.read.awaited({ device: 'ended' })).toBeUndefined()
  })

  it('keeps what the first profile was made with, until it is replaced', async () => {
    expect(await node.store.read.profileReach()).toBeUndefined()
    const first = { url: 'https://first.example', topic: 'com.apple.mgmt.first', at: 1 }
    await node.store.transaction((tx) => tx.keepProfileReach(first))
    await node.store.transaction((tx) => tx.keepProfileReach({ ...first, url: 'https://second.example' }))
    expect(await node.store.read.profileReach()).toEqual(first)
    const other = { url: 'https://other.example', topic: 'com.apple.mgmt.other', at: 2 }
    await node.store.transaction((tx) => tx.replaceProfileReach(other))
    expect(await node.store.read.profileReach()).toEqual(other)
  })
})
