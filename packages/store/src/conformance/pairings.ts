import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'

describe.each(databases)('pairings of Watches on $name', (database) => {
  const node = nodeOf(database)
  const add = (name: string, watch = `watch of ${name}`) =>
    node.store.transaction((tx) =>
      tx.addPairing({ securityHash: `security ${name}`, watch, madeAt: 1000, expiresAt: 9000 }),
    )
  const answer = (name: string, wish: { watch?: string; phone?: string; now?: number } = {}) =>
    node.store.transaction((tx) => {
      const how = { watch: `watch of ${name}`, phone: 'P', pairingHash: `pairing ${name} ${wish.phone}`, now: 2000 }
      return tx.answerPairing(`security ${name}`, { ...how, ...wish })
    })
  const take = (name: string, wish: { watch?: string; phone?: string; now?: number } = {}) =>
    node.store.transaction((tx) =>
      tx.takePairing(`pairing ${name} ${wish.phone}`, { watch: `watch of ${name}`, now: 3000, ...wish }),
    )

  it('are answered by one iPhone, then taken by their Watch, once each', async () => {
    await add('once')
    expect(await take('once')).toBe(false)
    expect([await answer('once', { phone: 'P' }), await answer('once', { phone: 'Q' })]).toEqual([true, false])
    expect(await node.store.read.pairing('pairing once P')).toEqual({
      securityHash: 'security once',
      watch: 'watch of once',
      phone: 'P',
      madeAt: 1000,
      expiresAt: 9000,
      usedAt: null,
    })
    expect([await take('once', { phone: 'P' }), await take('once', { phone: 'P' })]).toEqual([true, false])
    expect((await node.store.read.pairing('pairing once P'))?.usedAt).toBe(3000)
  })

  it('are answered by one of many iPhones, and taken once, when all try at the same time', async () => {
    await add('race')
    const phones = Array.from({ length: 8 }, (_, index) => `P${index}`)
    const answered = await Promise.all(phones.map((phone) => answer('race', { phone })))
    expect(answered.filter((one) => one)).toHaveLength(1)
    const phone = phones[answered.indexOf(true)] ?? ''
    const taken = await Promise.all(phones.map(() => take('race', { phone })))
    expect(taken.filter((one) => one)).toHaveLength(1)
  })

  it('are for one Watch', async () => {
    await add('mine')
    expect(await answer('mine', { watch: 'another' })).toBe(false)
    expect(await answer('mine')).toBe(true)
    expect(await take('mine', { watch: 'another' })).toBe(false)
    expect(await take('mine')).toBe(true)
  })

  it('are over when their time is', async () => {
    await add('late')
    expect(await answer('late', { now: 9000 })).toBe(false)
    expect(await answer('late')).toBe(true)
    expect(await take('late', { now: 9000 })).toBe(false)
    await node.store.transaction((tx) => tx.forgetPairings(9001))
    expect(await node.store.read.pairing('pairing late undefined')).toBeUndefined()
  })

  it('of one Watch one waits: a new one takes the place of it, and not of one that an iPhone answered', async () => {
    await add('first', 'W')
    await add('second', 'W')
    expect([await answer('first', { watch: 'W' }), await answer('second', { watch: 'W' })]).toEqual([false, true])
    await add('third', 'W')
    expect(await take('second', { watch: 'W' })).toBe(true)
    expect(await answer('third', { watch: 'W' })).toBe(true)
  })
})
