import { describe, expect, it } from 'vitest'
import type { Wake } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

describe.each(databases)('wakes on $name', (database) => {
  const node = nodeOf(database)
  const transaction: typeof node.store.transaction = (work) => node.store.transaction(work)
  const take = (now: number, leaseUntil = now + 100) => transaction((tx) => tx.takeWake(now, leaseUntil))
  const finish = (wake: Wake | null) =>
    transaction(async (tx) => {
      if (wake !== null) await tx.finishWake(wake)
    })

  it('of one channel are one, at the earliest time, and for whoever asked to push anyway', async () => {
    await transaction((tx) => tx.wakeChannels(['w1', 'w1'], 100))
    await transaction((tx) => tx.wakeChannels(['w1'], 50, 'always'))
    await transaction((tx) => tx.wakeChannels(['w1'], 200))
    expect(await take(49)).toBeNull()
    const wake = await take(50)
    expect(wake).toMatchObject({ channel: 'w1', cohort: null, cursor: '', due: 50, always: true })
    expect(await take(60)).toBeNull()
    await finish(wake)
    expect(await take(1000)).toBeNull()
  })

  it('of one channel are for those that were not seen as long as all of them are', async () => {
    const unseen = (since: number) => transaction((tx) => tx.wakeUnseen(['w6'], 100, since, 'behind'))
    await unseen(10)
    await unseen(20)
    await unseen(15)
    expect((await node.store.scan.counts()).pendingWakes).toBe(0)
    const first = await take(100)
    expect(first).toMatchObject({ channel: 'w6', unseenSince: 20, always: false })
    await finish(first)
    await unseen(10)
    await transaction((tx) => tx.wakeChannels(['w6'], 200))
    await unseen(30)
    const second = await take(100)
    expect(second).toMatchObject({ channel: 'w6', unseenSince: null })
    await finish(second)
  })

  it('of one cohort are one until it begins; a begun one runs on and another waits', async () => {
    await transaction((tx) => tx.wakeCohorts(['w2'], 10))
    await transaction((tx) => tx.wakeCohorts(['w2'], 20))
    const begun = await take(10)
    expect(begun).toMatchObject({ cohort: 'w2', channel: null, always: false })
    await transaction((tx) => tx.wakeCohorts(['w2'], 30))
    await transaction((tx) => tx.wakeCohorts(['w2'], 31))
    const next = await take(40)
    expect(next).toMatchObject({ cohort: 'w2', due: 30 })
    expect(next?.id).not.toBe(begun?.id)
    expect(await take(41)).toBeNull()
    await finish(begun)
    await finish(next)
  })

  it('goes on where a node that died had come to, once its lease lapsed', async () => {
    await transaction((tx) => tx.wakeCohorts(['w3'], 10))
    const wake = (await take(10, 100)) as Wake
    await transaction((tx) => tx.advanceWake(wake, 'page-2', 200))
    expect(await take(150)).toBeNull()
    const again = (await take(200, 300)) as Wake
    expect(again).toEqual({ ...wake, cursor: 'page-2', leasedUntil: 300 })
    await transaction((tx) => tx.advanceWake(again, 'page-4', 400))
    await transaction((tx) => tx.advanceWake(wake, 'page-3', 500))
    expect((await take(400, 500))?.cursor).toBe('page-4')
    await finish(wake)
    expect(await take(10_000)).toBeNull()
  })

  it('can be given back where it came to, by the node that has it and by no other', async () => {
    await transaction((tx) => tx.wakeCohorts(['w6'], 10))
    const wake = (await take(10, 100)) as Wake
    await transaction((tx) => tx.advanceWake(wake, 'page-2', 200))
    await transaction((tx) => tx.giveBackWake(wake))
    expect(await take(20)).toBeNull()
    await transaction((tx) => tx.giveBackWake({ ...wake, cursor: 'page-3', leasedUntil: 200 }))
    const next = (await take(20, 300)) as Wake
    expect(next).toEqual({ ...wake, cursor: 'page-3', leasedUntil: 300 })
    await finish(next)
  })

  it('are taken once, by whichever node comes first', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `w4-${index}`)
    await transaction((tx) => tx.wakeChannels(ids, 10))
    const other = await node.another()
    const taken = await Promise.all(
      ids.map((_, index) => (index % 2 === 0 ? node.store : other).transaction((tx) => tx.takeWake(10, 100_000))),
    )
    expect(new Set(taken.map((wake) => wake?.channel))).toEqual(new Set(ids))
    for (const wake of taken) await finish(wake)
  })

  it('come earliest first, ten thousand of them too', async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `w5-${index}`)
    await transaction((tx) => tx.wakeChannels(ids, 500))
    await transaction((tx) => tx.wakeChannels(['w5-77'], 400))
    const before = (await node.store.scan.counts()).pendingWakes
    const wake = await take(500)
    expect([before, wake?.channel]).toEqual([10_000, 'w5-77'])
  })
})
