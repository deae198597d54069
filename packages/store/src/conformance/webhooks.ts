import { describe, expect, it } from 'vitest'
import type { Attempted, Delivery, DeliveryOutcome, Webhook } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const webhookOf = (id: string, wish: Partial<Webhook> = {}): Webhook => ({
  id,
  url: `https://receiver.example/${id}`,
  types: null,
  note: '',
  state: 'on',
  madeAt: 1000,
  position: 0,
  previousUntil: null,
  crowdedOut: 0,
  failingSince: null,
  deliveredAt: null,
  ...wish,
})

describe.each(databases)('webhooks on $name', (database) => {
  const node = nodeOf(database)
  const transaction: typeof node.store.transaction = (work) => node.store.transaction(work)
  const add = (id: string, wish: Partial<Webhook> = {}) => transaction((tx) => tx.addWebhook(webhookOf(id, wish)))
  /** Queues events 1, 2 … for enrollments; '' is about none. */
  const queue = (id: string, enrollments: readonly string[], now = 100) =>
    transaction((tx) =>
      tx.queueDeliveries(
        id,
        enrollments.map((enrollment, index) => ({
          id: `${id}-${now}-${index + 1}`,
          event: index + 1,
          enrollment: enrollment === '' ? null : enrollment,
          type: 'channel.reported',
          at: 90,
          data: { enrollment, full: true },
        })),
        now,
      ),
    )
  const due = async (id: string, now = 100, limit = 100) => {
    const found = await node.store.read.dueDeliveries(id, now, limit)
    return found.map((delivery) => `${delivery.enrollment ?? ''}${delivery.event}`)
  }
  const attempted = (delivery: Delivery, outcome: DeliveryOutcome | null, again: number | null = null): Attempted => ({
    sequence: delivery.sequence,
    enrollment: delivery.enrollment,
    attempts: delivery.attempts + 1,
    due: again,
    outcome,
    endedAt: outcome === null ? null : 200,
    log: [{ at: 150, duration: 3, status: 200, failure: null, answer: 'thanks' }],
  })
  const end = (id: string, deliveries: readonly Delivery[], outcome: DeliveryOutcome = 'delivered') =>
    transaction((tx) =>
      tx.saveAttempts(
        id,
        deliveries.map((one) => attempted(one, outcome)),
        200,
      ),
    )
  const all = async (id: string) => (await node.store.scan.deliveries(id, {}, null, 1000)).items

  it('give back what was added, changed and removed', async () => {
    await add('kept', { types: ['condition.changed'], note: 'für Ada', position: 17 })
    const kept = webhookOf('kept', { types: ['condition.changed'], note: 'für Ada', position: 17 })
    expect(await node.store.read.webhook('kept')).toEqual(kept)
    const changed = { ...kept, state: 'gone', types: null, previousUntil: 5, failingSince: 6, deliveredAt: 7 } as const
    await transaction(async (tx) => {
      expect(await tx.lockWebhook('kept')).toEqual(kept)
      await tx.saveWebhook(changed)
    })
    expect((await node.store.read.webhooks()).find(({ id }) => id === 'kept')).toEqual(changed)
    await queue('kept', ['A'])
    await transaction((tx) => tx.removeWebhook('kept'))
    expect(await node.store.read.webhook('kept')).toBeUndefined()
    expect(await transaction((tx) => tx.lockWebhook('kept'))).toBeUndefined()
    expect(await all('kept')).toEqual([])
  })

  it('are held by one node at a time, until it lets go or its lease lapses', async () => {
    await add('held')
    const hold = (holder: string, now: number) => transaction((tx) => tx.holdWebhook('held', holder, now, now + 10))
    const other = await node.another()
    const held = await Promise.all([hold('one', 0), other.transaction((tx) => tx.holdWebhook('held', 'two', 0, 10))])
    expect([...held].sort()).toEqual([false, true])
    const [winner, loser] = held[0] === true ? ['one', 'two'] : ['two', 'one']
    expect([await hold(winner, 5), await hold(loser, 14), await hold(loser, 15)]).toEqual([true, false, true])
    await transaction((tx) => tx.letGoWebhook('held', winner))
    expect(await hold(winner, 16)).toBe(false)
    await transaction((tx) => tx.letGoWebhook('held', loser))
    expect([await hold(winner, 16), await hold('nobody', 16)]).toEqual([true, false])
    expect(await transaction((tx) => tx.holdWebhook('unknown', 'one', 0, 10))).toBe(false)
  })

  it('keep a delivery as it was queued, and what its attempts led to', async () => {
    await add('whole')
    await queue('whole', ['A'])
    const [queued] = await node.store.read.dueDeliveries('whole', 100, 1)
    expect(queued).toMatchObject({
      id: 'whole-100-1',
      webhook: 'whole',
      enrollment: 'A',
      data: { enrollment: 'A', full: true },
      queuedAt: 100,
      attempts: 0,
      due: 100,
      outcome: null,
      endedAt: null,
      log: [],
    })
    await end('whole', [queued as Delivery])
    expect(await all('whole')).toMatchObject([{ attempts: 1, due: null, outcome: 'delivered', endedAt: 200 }])
    expect((await all('whole'))[0]?.log).toEqual([
      { at: 150, duration: 3, status: 200, failure: null, answer: 'thanks' },
    ])
  })

  it('give of each enrollment the first that waits, and the next when that is over', async () => {
    await add('order')
    await queue('order', ['A', 'A', 'B', '', '', 'A'])
    expect(await due('order')).toEqual(['A1', 'B3', '4'])
    expect(await due('order', 99)).toEqual([])
    const [a1, b3, none] = await node.store.read.dueDeliveries('order', 100, 3)
    await end('order', [a1, b3] as Delivery[])
    expect(await due('order', 200)).toEqual(['4', 'A2'])
    await transaction((tx) => tx.saveAttempts('order', [attempted(none as Delivery, null, 900)], 200))
    expect(await due('order', 899)).toEqual(['A2'])
    expect(await due('order', 900)).toEqual(['A2', '4'])
    await queue('order', ['', 'C'], 300)
    expect(await due('order', 300)).toEqual(['A2', 'C2'])
    await transaction((tx) => tx.hastenDeliveries('order', 300))
    expect(await due('order', 300)).toEqual(['A2', '4', 'C2'])
  })

  it('queue nothing that the work which failed had queued', async () => {
    await add('failed')
    const work = transaction(async (tx) => {
      await tx.queueDeliveries(
        'failed',
        [{ id: 'lost', event: 1, enrollment: null, type: 'set.changed', at: 1, data: {} }],
        1,
      )
      throw new Error('planted')
    })
    await expect(work).rejects.toThrow('planted')
    expect(await all('failed')).toEqual([])
  })

  it('crowd out the oldest when too many wait, and what comes next is due', async () => {
    await add('crowd')
    await queue('crowd', ['A', 'B', 'A', 'B', 'A', 'C', 'A', 'B', 'A', 'A'])
    expect(await transaction((tx) => tx.crowdOutDeliveries('crowd', 10, 300))).toBe(0)
    await queue('crowd', ['A'], 200)
    expect(await transaction((tx) => tx.crowdOutDeliveries('crowd', 10, 300))).toBe(2)
    const kept = (await all('crowd')).filter(({ outcome }) => outcome === null)
    expect(kept).toHaveLength(9)
    expect((await all('crowd')).slice(-2)).toMatchObject([
      { event: 2, outcome: 'crowded-out', endedAt: 300, due: null },
      { event: 1, outcome: 'crowded-out', endedAt: 300, due: null },
    ])
    expect(await due('crowd', 300)).toEqual(['C6', 'A3', 'B4'])
  })

  it('queue again by id, or all that did not arrive; it comes before what waits of its enrollment', async () => {
    await add('again')
    await queue('again', ['A', 'A', 'A', 'B'])
    const [a1, b4] = await node.store.read.dueDeliveries('again', 100, 2)
    await end('again', [a1] as Delivery[], 'given-up')
    await end('again', [b4] as Delivery[])
    expect(await due('again', 200)).toEqual(['A2'])
    const again = (ids: readonly string[] | null) => transaction((tx) => tx.queueDeliveriesAgain('again', ids, 300))
    expect(await again(['again-100-2', 'nobody'])).toBe(0)
    expect(await again(null)).toBe(1)
    expect(await due('again', 300)).toEqual(['A1'])
    const [waits] = await node.store.read.dueDeliveries('again', 300, 1)
    await transaction((tx) => tx.saveAttempts('again', [attempted(waits as Delivery, null, 900)], 300))
    expect(await again(['again-100-4'])).toBe(1)
    expect(await due('again', 300)).toEqual(['B4'])
    await transaction((tx) => tx.hastenDeliveries('again', 300))
    expect(await due('again', 300)).toEqual(['A1', 'B4'])
    const [first] = await node.store.read.dueDeliveries('again', 300, 1)
    expect(first).toMatchObject({ id: a1?.id, queuedAt: 300, attempts: 1, outcome: null, endedAt: null })
    await end('again', [first] as Delivery[])
    expect(await due('again', 300)).toEqual(['A2', 'B4'])
  })

  it('forget what ended before a moment, and the oldest beyond a number; never what waits', async () => {
    await add('log')
    await queue('log', ['A', 'B', 'C', 'D', 'D'])
    const found = await node.store.read.dueDeliveries('log', 100, 3)
    for (const [index, one] of found.entries())
      await transaction((tx) => tx.saveAttempts('log', [{ ...attempted(one, 'delivered'), endedAt: 200 + index }], 200))
    expect(await transaction((tx) => tx.forgetDeliveries('log', 200, 100))).toBe(0)
    expect(await transaction((tx) => tx.forgetDeliveries('log', 201, 100))).toBe(1)
    expect(await transaction((tx) => tx.forgetDeliveries('log', 0, 1))).toBe(1)
    const left = async () => (await all('log')).map(({ enrollment, event }) => `${enrollment}${event}`)
    expect(await left()).toEqual(['D5', 'D4', 'C3'])
    await transaction((tx) => tx.crowdOutDeliveries('log', 1, 202))
    // Three have ended in one moment by now.
    expect(await transaction((tx) => tx.forgetDeliveries('log', 0, 1))).toBe(2)
    expect(await left()).toEqual(['D5'])
  })

  it('list the newest first, by pages, by what became of them and by enrollment', async () => {
    await add('listed')
    await queue('listed', ['A', 'B', 'A', ''])
    await end('listed', (await node.store.read.dueDeliveries('listed', 100, 1)) as Delivery[], 'given-up')
    const { scan } = node.store
    const page = await scan.deliveries('listed', {}, null, 3)
    expect(page.items.map(({ event }) => event)).toEqual([4, 3, 2])
    expect((await scan.deliveries('listed', {}, page.next, 3)).items.map(({ event }) => event)).toEqual([1])
    const by = async (filter: Parameters<typeof scan.deliveries>[1]) =>
      (await scan.deliveries('listed', filter, null, 10)).items.map(({ event }) => event)
    expect(await by({ state: 'given-up' })).toEqual([1])
    expect(await by({ state: 'waiting', enrollment: 'A' })).toEqual([3])
    expect(await by({ enrollment: 'A' })).toEqual([3, 1])
    const counts = await scan.waitingDeliveries()
    expect(counts.find(({ webhook }) => webhook === 'listed')).toEqual({ webhook: 'listed', count: 3 })
  })

  it('keep the events that they have not looked at, however many come', async () => {
    const happen = (count: number) =>
      transaction((tx) =>
        tx.addEvents(Array.from({ length: count }, () => ({ at: 1, type: 'set.changed', data: { set: 'many' } }))),
      )
    await transaction(async (tx) => {
      for (const { id } of await tx.webhooks()) await tx.removeWebhook(id)
    })
    const from = await node.store.scan.lastEvent()
    await add('slow', { position: from })
    await add('paused', { position: 0, state: 'paused' })
    for (let round = 0; round < 23; round += 1) await happen(1000)
    const [first] = await node.store.scan.events(0, 1)
    expect(first?.sequence).toBe(from + 1)
    const slow = (await node.store.read.webhook('slow')) as Webhook
    const last = await node.store.scan.lastEvent()
    await transaction((tx) => tx.saveWebhook({ ...slow, position: last }))
    await happen(1000)
    const kept = await node.store.scan.events(0, 1)
    expect(kept[0]?.sequence).toBeGreaterThan(from + 1000)
  })
})
