import type { ReportedState } from '@edict/core'
import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'
import { enroll, enrollment } from './fixtures.ts'

describe.each(databases)('status on $name', (database) => {
  const node = nodeOf(database)
  const transaction: typeof node.store.transaction = (work) => node.store.transaction(work)

  it('keeps items by name, whatever the names and values are', async () => {
    const items = [
      { name: 'device.model.family', value: 'iPad', at: 1 },
      { name: 'com.example.ours.日本', value: { b: [1, 2.5, null], a: 'x\u0000y' }, at: 2 },
      { name: 'null \0 half \ud800', value: true, at: 3 },
      { name: `long.${'n'.repeat(5000)}`, value: 'v'.repeat(10_000), at: 4 },
    ]
    await transaction((tx) => tx.saveItems('s1', items, []))
    const stored = await node.store.read.items('s1')
    expect(stored).toHaveLength(4)
    expect(stored).toEqual(expect.arrayContaining(items))
    for (const item of items) expect(await node.store.read.items('s1', [item.name])).toEqual([item])
    expect(await node.store.read.items('s1', ['none'])).toEqual([])
    expect(await node.store.read.items('nobody')).toEqual([])
  })

  it('replaces and deletes items', async () => {
    const put = (name: string, value: string | boolean, at: number) => ({ name, value, at })
    await transaction((tx) => tx.saveItems('s2', [put('a', 'old', 1), put('b', 'stays', 1), put('c', 'goes', 1)], []))
    await transaction((tx) => tx.saveItems('s2', [put('a', true, 2), put('a', false, 3)], ['c', 'never']))
    expect(await node.store.read.items('s2')).toEqual([put('a', false, 3), put('b', 'stays', 1)])
  })

  it('replaces what is known of the declarations, and says since when', async () => {
    const state = (identifier: string): ReportedState => ({
      identifier,
      kind: 'configuration',
      'server-token': 't',
      active: true,
      valid: 'valid',
      reasons: [{ code: 'Error.X', details: { Identifier: 'y' } }],
      since: 1,
    })
    expect(await node.store.read.states('s3')).toEqual([])
    expect(await node.store.read.statesReportedAt('s3')).toBeNull()
    await transaction((tx) => tx.saveStates('s3', [state('a'), state('a')], 10))
    expect(await node.store.read.states('s3')).toEqual([state('a'), state('a')])
    await transaction((tx) => tx.saveStates('s3', [], 20))
    expect(await node.store.read.states('s3')).toEqual([])
    expect(await node.store.read.statesReportedAt('s3')).toBe(20)
  })

  it('of a hundred reports keeps the last', async () => {
    for (let index = 0; index < 100; index += 1)
      await transaction((tx) =>
        tx.addReport('s4', { at: index, full: index % 2 === 0, raw: `{"n":${index}}`, flaw: null }, 20),
      )
    await transaction((tx) => tx.addReport('s5', { at: 1, full: false, raw: 'not \0 JSON', flaw: 'Cannot read' }, 20))
    const kept = await node.store.read.reports('s4')
    expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, index) => 99 - index))
    expect(kept[0]).toMatchObject({ full: false, raw: '{"n":99}', flaw: null })
    expect(kept[1]?.full).toBe(true)
    expect(await node.store.read.reports('s5')).toMatchObject([{ raw: 'not \0 JSON', flaw: 'Cannot read' }])
  })

  it('forgets what a period left, and nothing of others', async () => {
    await enroll(node.store, enrollment('s6'), enrollment('s7'))
    for (const id of ['s6', 's7'])
      await transaction(async (tx) => {
        await tx.saveItems(id, [{ name: 'a', value: 1, at: 1 }], [])
        await tx.saveStates(id, [], 1)
        await tx.addReport(id, { at: 1, full: true, raw: '{}', flaw: null }, 20)
        await tx.putSecret(id, { name: 'UnlockToken', value: new Uint8Array([1]), sealedUnder: 'k', period: 1, at: 1 })
      })
    await transaction((tx) => tx.forget(['s6']))
    const { read } = node.store
    expect(await read.items('s6')).toEqual([])
    expect(await read.statesReportedAt('s6')).toBeNull()
    expect(await read.reports('s6')).toEqual([])
    expect(await read.secret('s6', 'UnlockToken')).toMatchObject({ past: true })
    expect(await read.items('s7')).toHaveLength(1)
    expect(await read.statesReportedAt('s7')).toBe(1)
    expect(await read.reports('s7')).toHaveLength(1)
    expect(await read.secret('s7', 'UnlockToken')).toMatchObject({ past: false })
  })
})
