import { describe, expect, it } from 'vitest'
import type { Content } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const profile = (name: string, wish: Partial<Content> = {}) => ({
  name,
  sha256: `hash of ${name}`,
  size: 5_000_000_000,
  type: 'application/x-apple-aspen-config',
  addedAt: 1000,
  ...wish,
})

describe.each(databases)('content on $name', (database) => {
  const node = nodeOf(database)
  const put = (one: Omit<Content, 'replacedAt'>) => node.store.transaction((tx) => tx.putContent(one))
  const named = (name: string) => node.store.read.contents({ name })

  it('gives back what was put, by name and by hash', async () => {
    await put(profile('wifi'))
    const one = { ...profile('wifi'), replacedAt: null }
    expect(await named('wifi')).toEqual([one])
    expect(await node.store.read.contents({ sha256: 'hash of wifi' })).toEqual([one])
    expect(await named('hash of wifi')).toEqual([])
  })

  it('keeps what stood under a name before, after what stands there', async () => {
    await put(profile('turn', { sha256: 'b', addedAt: 1 }))
    await put(profile('turn', { sha256: 'a', addedAt: 2 }))
    await put(profile('turn', { sha256: 'c', addedAt: 3 }))
    const seen = async () => (await named('turn')).map(({ sha256, replacedAt }) => [sha256, replacedAt])
    expect(await seen()).toEqual([
      ['c', null],
      ['a', 3],
      ['b', 2],
    ])
    await put(profile('turn', { sha256: 'b', addedAt: 4, type: 'text/plain' }))
    expect(await seen()).toEqual([
      ['b', null],
      ['c', 4],
      ['a', 3],
    ])
    expect((await named('turn'))[0]?.type).toBe('text/plain')
  })

  it('may have the same octets under several names', async () => {
    await put(profile('one', { sha256: 'same' }))
    await put(profile('another', { sha256: 'same', type: 'text/plain' }))
    const same = await node.store.read.contents({ sha256: 'same' })
    expect(same.map(({ name, type }) => [name, type])).toEqual([
      ['another', 'text/plain'],
      ['one', 'application/x-apple-aspen-config'],
    ])
  })

  it('lists what stands, by name, and forgets all of a name', async () => {
    await put(profile('zebra'))
    await put(profile('zebra', { sha256: 'stripes' }))
    const listed = async () => (await node.store.read.standingContents()).filter(({ name }) => name === 'zebra')
    expect((await listed()).map(({ sha256 }) => sha256)).toEqual(['stripes'])
    await node.store.transaction((tx) => tx.deleteContent('zebra'))
    expect([await listed(), await named('zebra')]).toEqual([[], []])
  })
})
