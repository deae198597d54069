import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { openStore } from '../open-store.ts'
import { StoreUnavailable, type Transaction } from '../store.ts'
import { type Database, databases, nodeOf } from './databases.ts'
import { enroll, enrollIn, enrollment } from './fixtures.ts'

describe.each(databases)('transactions on $name', (database: Database) => {
  const node = nodeOf(database)
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

  it('a work that throws among ten changes nothing of the others', async () => {
    const works = ids('ten', 10).map((id, index) =>
      node.store.transaction(async (tx) => {
        await enrollIn(tx, enrollment(id, { cohort: 'ten' }))
        if (index === 4) throw new TypeError('refused')
        return index
      }),
    )
    const outcomes = await Promise.allSettled(works)
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      ...[0, 1, 2, 3],
      'TypeError: refused',
      ...[5, 6, 7, 8, 9],
    ])
    const there = await node.store.transaction((tx) => tx.existing(ids('ten', 10)))
    expect(there).toEqual(new Set(ids('ten', 10).filter((id) => id !== 'ten-4')))
  })

  it('gives a work what it wrote, and others only what is committed', async () => {
    await node.store.transaction(async (tx) => {
      await enrollIn(tx, enrollment('unseen', { cohort: 'unseen' }))
      expect((await tx.channel('unseen'))?.enrollment.id).toBe('unseen')
      expect(await node.store.read.channel('unseen')).toBeUndefined()
    })
    expect((await node.store.read.channel('unseen'))?.enrollment.id).toBe('unseen')
  })

  it('what was committed is there after closing and opening again', async () => {
    const url = await database.create()
    const before = await openStore({ database: url })
    await enroll(before, enrollment('durable'))
    await before.transaction((tx) => tx.putProperties('durable', { role: 'teacher' }))
    before.told('durable', 1, 'token', 5)
    await before.close()
    const after = await openStore({ database: url })
    expect((await after.read.channel('durable'))?.enrollment.sync.told).toEqual({ token: 'token', at: 5 })
    expect(await after.read.properties('durable')).toEqual({ role: 'teacher' })
    await after.close()
  })

  it('a work that waits for something else keeps its isolation', async () => {
    await enroll(node.store, enrollment('slow', { period: 0 }))
    const add = () =>
      node.store.transaction(async (tx) => {
        const [locked] = await tx.lock(['slow'])
        await nextTurn()
        if (locked !== undefined)
          await tx.saveEnrollments([{ ...locked.enrollment, period: locked.enrollment.period + 1 }])
      })
    await Promise.all([add(), add(), add(), add()])
    expect((await node.store.read.channel('slow'))?.enrollment.period).toBe(4)
  })

  it('what a work forgot to await does not slip into another', async () => {
    let escaped: Transaction | undefined
    await node.store.transaction(async (tx) => {
      escaped = tx
    })
    await expect(escaped?.putProperties('late', { a: 1 })).rejects.toThrow('its work has ended')
    expect(await node.store.read.properties('late')).toEqual({})
  })

  it('calls back after commits that added events, with these, or wakes, and after no others', async () => {
    const heard = vi.fn()
    const end = node.store.onCommit(heard)
    await enroll(node.store, enrollment('told-of'))
    expect(heard).not.toHaveBeenCalled()
    const refused = node.store.transaction(async (tx) => {
      await tx.addEvents([{ at: 1, type: 'never', data: {} }])
      throw new Error('refused')
    })
    await expect(refused).rejects.toThrow('refused')
    expect(heard).not.toHaveBeenCalled()
    const event = { at: 1, type: 'one', data: {} }
    await node.store.transaction((tx) => tx.addEvents([event]))
    expect(heard.mock.calls).toEqual([['events', [event]]])
    await node.store.transaction((tx) => tx.wakeChannels(['told-of'], 1))
    expect(heard.mock.calls).toEqual([
      ['events', [event]],
      ['wakes', undefined],
    ])
    end()
    await node.store.transaction((tx) => tx.addEvents([{ at: 1, type: 'two', data: {} }]))
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it('answers nothing any more once it is closed', async () => {
    const store = await openStore({ database: await database.create() })
    await store.scan.lastEvent()
    await store.close()
    await expect(store.transaction(async () => 1)).rejects.toThrow(StoreUnavailable)
    await expect(store.read.channel('any')).rejects.toThrow(StoreUnavailable)
    await expect(store.scan.counts()).rejects.toThrow(StoreUnavailable)
  })

  it('starts on one database from several sides at once', async () => {
    const url = await database.create()
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ database: url })))
    await Promise.all(stores.map((store, index) => enroll(store, enrollment(`side-${index}`))))
    const [first] = stores
    expect((await first?.scan.channels(null, 10))?.items).toHaveLength(3)
    for (const store of stores) await store.close()
  })
})

describe.each(databases)('tokens told on $name', (database) => {
  const node = nodeOf(database)
  const toldOf = async (id: string) => (await node.store.read.channel(id))?.enrollment.sync.told

  it('are there after a flush, the last of each channel', async () => {
    await enroll(node.store, enrollment('t1'), enrollment('t2'))
    node.store.told('t1', 1, 'first', 10)
    node.store.told('t1', 1, 'second', 20)
    node.store.told('t2', 1, 'other', 15)
    node.store.told('nobody', 1, 'lost', 15)
    await node.store.flush()
    expect(await toldOf('t1')).toEqual({ token: 'second', at: 20 })
    expect(await toldOf('t2')).toEqual({ token: 'other', at: 15 })
    await node.store.flush()
  })

  it('never cross an enrollment period', async () => {
    await enroll(node.store, enrollment('t3', { period: 1 }))
    node.store.told('t3', 1, 'old period', 10)
    await enroll(node.store, enrollment('t3', { period: 2 }))
    await node.store.flush()
    node.store.told('t3', 1, 'old period', 30)
    await node.store.flush()
    expect(await toldOf('t3')).toBeNull()
  })

  it('do not replace what was said later', async () => {
    await enroll(node.store, enrollment('t4', { sync: { told: { token: 'later', at: 50 } } }))
    node.store.told('t4', 1, 'earlier', 40)
    await node.store.flush()
    expect(await toldOf('t4')).toEqual({ token: 'later', at: 50 })
  })

  it('are not lost when a work saves the enrollment meanwhile', async () => {
    await enroll(node.store, enrollment('t5'))
    await node.store.transaction(async (tx) => {
      const [locked] = await tx.lock(['t5'])
      node.store.told('t5', 1, 'meanwhile', 60)
      if (locked !== undefined) await tx.saveEnrollments([{ ...locked.enrollment, lastSeenAt: 60 }])
    })
    await node.store.flush()
    const { lastSeenAt, sync } = (await node.store.read.channel('t5'))?.enrollment ?? enrollment('none')
    expect({ lastSeenAt, told: sync.told }).toEqual({ lastSeenAt: 60, told: { token: 'meanwhile', at: 60 } })
  })

  it('are not written again where the row says so, unless another is on its way', async () => {
    await enroll(node.store, enrollment('t7', { sync: { told: { token: 'held', at: 10 } } }))
    node.store.told('t7', 1, 'held', 20, true)
    await node.store.flush()
    expect(await toldOf('t7')).toEqual({ token: 'held', at: 10 })
    node.store.told('t7', 1, 'other', 30)
    node.store.told('t7', 1, 'held', 40, true)
    await node.store.flush()
    expect(await toldOf('t7')).toEqual({ token: 'held', at: 40 })
  })

  it('are written by themselves when nobody else writes', async () => {
    await enroll(node.store, enrollment('t6'))
    node.store.told('t6', 1, 'alone', 10)
    await expect.poll(() => toldOf('t6')).toEqual({ token: 'alone', at: 10 })
  })
})
