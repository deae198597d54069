import { describe, expect, it } from 'vitest'
import type { KeptDiagnosis, Traced } from '../store.ts'
import { databases, nodeOf } from './databases.ts'
import { enroll, enrollment } from './fixtures.ts'

const MINUTE = 60_000

/** As a look leaves it, of a channel that was judged by what it should have. */
const kept = (id: string, wish: Partial<KeptDiagnosis> = {}): KeptDiagnosis => ({
  enrollment: id,
  counts: { code: 'healthy', stage: 'in-force', since: 5 },
  found: null,
  wanted: 'cohort-half.own',
  entry: 0,
  lookedAt: 10,
  due: 1_000_000,
  ...wish,
})

const push = (id: string): Traced => ({ enrollment: id, at: 1, kind: 'push', accepted: true, reason: null })

describe.each(databases)('diagnoses on $name', (database) => {
  const node = nodeOf(database)
  const transaction: typeof node.store.transaction = (work) => node.store.transaction(work)
  const save = (...all: readonly KeptDiagnosis[]) => transaction((tx) => tx.saveDiagnoses(all))
  const mark = (due: number, ...ids: readonly string[]) => transaction((tx) => tx.lookAgain(ids, due))
  const due = async (now: number) => node.store.read.dueDiagnoses(now, 100)

  it('are kept as they were saved, replaced, and dropped', async () => {
    const one = kept('k1', { found: { code: 'push-without-effect', since: 7 }, entry: 12 })
    const none = kept('k2', { counts: null, wanted: null, lookedAt: null })
    await save(one, none)
    expect([await node.store.read.diagnosis('k1'), await node.store.read.diagnosis('k2')]).toEqual([one, none])
    const other = kept('k1', { counts: { code: 'no-push-token', stage: 'not-woken', since: 9 } })
    await save(other)
    expect(await transaction((tx) => tx.lockDiagnoses(['k2', 'k1', 'k3']))).toEqual([other, none])
    await transaction((tx) => tx.dropDiagnoses(['k1', 'k2']))
    expect(await node.store.read.diagnosis('k1')).toBeUndefined()
  })

  it('are due at the earliest time that somebody asked for, longest due first', async () => {
    await mark(300, 'd1', 'd2', 'd1')
    await mark(200, 'd2')
    await mark(400, 'd1')
    expect(await due(199)).toEqual([])
    expect(await due(300)).toEqual(['d2', 'd1'])
    expect(await node.store.read.dueDiagnoses(300, 1)).toEqual(['d2'])
    expect(await node.store.read.diagnosis('d1')).toEqual(
      kept('d1', { counts: null, wanted: null, lookedAt: null, due: 300 }),
    )
    await transaction((tx) => tx.dropDiagnoses(['d1', 'd2']))
  })

  it('are not due within a minute of the last look', async () => {
    await save(kept('a1', { lookedAt: 10_000 }))
    await mark(10_500, 'a1')
    expect((await node.store.read.diagnosis('a1'))?.due).toBe(10_000 + MINUTE)
    await mark(10_000 + MINUTE + 1, 'a1')
    expect((await node.store.read.diagnosis('a1'))?.due).toBe(10_000 + MINUTE)
    await transaction((tx) => tx.dropDiagnoses(['a1']))
  })

  it('are taken by one, and by the next when its lease is over', async () => {
    await mark(100, 't1', 't2')
    const other = await node.another()
    const take = (store: typeof other, now: number) =>
      store.transaction(async (tx) =>
        (await tx.takeDiagnoses(['t2', 't1', 't3'], now, now + 50)).map((one) => [one.enrollment, one.due]),
      )
    const both = await Promise.all([take(node.store, 100), take(other, 100)])
    expect(both.flat()).toEqual([
      ['t1', 150],
      ['t2', 150],
    ])
    expect(await take(node.store, 149)).toEqual([])
    expect(await take(node.store, 150)).toHaveLength(2)
    await mark(160, 't1')
    expect((await node.store.read.diagnosis('t1'))?.due).toBe(160)
    await transaction((tx) => tx.dropDiagnoses(['t1', 't2']))
  })

  it('are counted by code, and listed longest first, of channels that have not left', async () => {
    const stuck = (id: string, since: number) =>
      kept(id, { counts: { code: 'profile-stuck', stage: 'reported-not-active', since } })
    await enroll(node.store, ...['c1', 'c2', 'c3', 'c4'].map((id) => enrollment(id)))
    await enroll(node.store, enrollment('c5', { state: 'left' }), enrollment('c6'))
    await save(kept('c1'), stuck('c2', 30), stuck('c3', 20), stuck('c4', 20), stuck('c5', 1), stuck('c0', 1))
    await save(kept('c6', { counts: null }))
    const { scan } = node.store
    expect(await scan.diagnosisCounts()).toEqual([
      { code: 'profile-stuck', channels: 3, oldest: 20 },
      { code: 'healthy', channels: 1, oldest: 5 },
    ])
    const first = await scan.diagnosed('profile-stuck', null, 2)
    expect(first.items).toEqual([
      { enrollment: 'c3', code: 'profile-stuck', stage: 'reported-not-active', since: 20, lookedAt: 10 },
      { enrollment: 'c4', code: 'profile-stuck', stage: 'reported-not-active', since: 20, lookedAt: 10 },
    ])
    const second = await scan.diagnosed('profile-stuck', first.next, 2)
    expect([second.items.map((one) => one.enrollment), second.next]).toEqual([['c2'], null])
    expect((await scan.diagnosed('no-push-token', null, 2)).items).toEqual([])
  })

  it('are fresh until something is said or something else is wanted, and when what was found counts', async () => {
    const ids = ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7']
    await enroll(node.store, ...ids.map((id) => enrollment(id, { lastSeenAt: id === 'f4' ? 11 : 9 })))
    await transaction((tx) => tx.addTrace([push('f2'), push('f3')]))
    const last = (await node.store.read.trace('f2', null, 1))[0]?.entry ?? 0
    await save(kept('f1'), kept('f2', { entry: last }), kept('f3'), kept('f4'))
    await save(kept('f5', { wanted: 'another.own' }), kept('f6', { found: { code: 'healthy', since: 1 } }))
    const { items, next } = await node.store.scan.channelDiagnoses('f', 3)
    expect(items.map((one) => [one.enrollment, one.fresh])).toEqual([
      ['f1', true],
      ['f2', true],
      ['f3', false],
    ])
    expect(items[0]).toEqual({
      enrollment: 'f1',
      lastSeenAt: 9,
      counts: { code: 'healthy', stage: 'in-force', since: 5 },
      lookedAt: 10,
      due: 1_000_000,
      fresh: true,
    })
    const rest = await node.store.scan.channelDiagnoses(next, 100)
    expect(rest.items.map((one) => [one.enrollment, one.fresh])).toEqual([
      ['f4', false],
      ['f5', false],
      ['f6', false],
      ['f7', false],
    ])
    expect(rest.items.at(-1)).toMatchObject({ counts: null, lookedAt: null, due: null })
  })

  it('stand beside what was told of conditions, whatever Identifiers are', async () => {
    const { read } = node.store
    expect(await read.toldConditions('told')).toBeUndefined()
    const told = new Map([
      ['__proto__', 'waiting'],
      ['wifi', 'in-force'],
    ] as const)
    await transaction((tx) => tx.saveToldConditions('told', new Map()))
    expect(await read.toldConditions('told')).toEqual(new Map())
    await transaction((tx) => tx.saveToldConditions('told', told))
    expect(await read.toldConditions('told')).toEqual(told)
    await transaction((tx) => tx.dropToldConditions(['told', 'other']))
    expect(await read.toldConditions('told')).toBeUndefined()
  })
})
