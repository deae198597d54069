import { NOTHING_DECLARED } from '@edict/core'
import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'
import { declare, version } from './fixtures.ts'

describe.each(databases)('what is declared on $name', (database) => {
  const node = nodeOf(database)

  it('is nothing at first, and then what was saved', async () => {
    expect(await node.store.read.declared()).toEqual(NOTHING_DECLARED)
    const after = await declare(node.store, () => ({
      declarations: new Map([
        ['a', version('a')],
        ['b', version('b', { payload: '{"x":"日本"}', kind: 'activation' })],
      ]),
      sets: new Map([['corp', ['a', 'b']]]),
      groups: new Map([
        ['staff', [{ set: 'corp', channel: 'own', exclude: false }]],
        ['empty', []],
      ]),
      settings: { subscription: { enabled: false }, organization: { Name: 'School' } },
    }))
    expect(await node.store.read.declared()).toEqual(after)
    expect(await (await node.another()).read.declared()).toEqual(after)
    expect(await node.store.read.revision()).toBe(after.revision)
  })

  it('loses what was taken away and keeps its versions', async () => {
    await declare(node.store, ({ declarations, sets }) => ({
      declarations: new Map([...declarations, ['c', version('c')]]),
      sets: new Map([...sets, ['gone', ['c']]]),
    }))
    await declare(
      node.store,
      ({ declarations }) => ({ declarations: new Map([...declarations, ['c', version('c', { version: 2 })]]) }),
      2000,
    )
    await declare(node.store, ({ declarations, sets, groups }) => ({
      declarations: new Map([...declarations].filter(([identifier]) => identifier !== 'c')),
      sets: new Map([...sets].filter(([name]) => name !== 'gone')),
      groups: new Map([...groups].filter(([name]) => name !== 'empty')),
    }))
    const again = await declare(node.store, ({ declarations }) => ({
      declarations: new Map([...declarations, ['c', version('c', { payload: '{"again":true}' })]]),
    }))
    const other = await (await node.another()).read.declared()
    expect(other).toEqual(again)
    expect(other.sets.has('gone')).toBe(false)
    expect(other.groups.has('empty')).toBe(false)
    const versions = await node.store.read.versions('c')
    expect(versions.map(({ version: number, at }) => [number, at])).toEqual([
      [1, 1000],
      [2, 2000],
      [1, 1000],
    ])
    expect(versions.map(({ revision }) => revision)).toEqual(
      versions.map(({ revision }) => revision).sort((a, b) => b - a),
    )
    expect(await node.store.read.versions('never')).toEqual([])
  })

  it('a work reads what it wrote', async () => {
    await node.store.transaction(async (tx) => {
      const revision = await tx.lockRevision('update')
      const before = await tx.declared()
      const after = { ...before, sets: new Map([...before.sets, ['mine', []]]), revision: revision + 1 }
      await tx.saveDeclared(before, after, 1)
      expect(await tx.declared()).toEqual(after)
      expect(await tx.revision()).toBe(revision + 1)
    })
  })

  it('a revision that was taken back is never remembered', async () => {
    const write = (name: string, fail: boolean) =>
      node.store.transaction(async (tx) => {
        const revision = await tx.lockRevision('update')
        const before = await tx.declared()
        await tx.saveDeclared(before, { ...before, sets: new Map([[name, []]]), revision: revision + 1 }, 1)
        await tx.declared()
        if (fail) throw new Error('taken back')
      })
    const look = () => node.store.transaction(async (tx) => [...(await tx.declared()).sets.keys()])
    const before = [...(await node.store.read.declared()).sets.keys()]
    const [, seen] = await Promise.allSettled([write('wrong', true), look()])
    expect(seen).toEqual({ status: 'fulfilled', value: before })
    await write('right', false)
    expect(await look()).toEqual(['right'])
    expect([...(await node.store.read.declared()).sets.keys()]).toEqual(['right'])
  })

  it('is refused when it was made from another revision', async () => {
    const stale = await node.store.read.declared()
    await declare(node.store, () => ({}))
    const write = node.store.transaction((tx) => tx.saveDeclared(stale, { ...stale, revision: stale.revision + 1 }, 1))
    await expect(write).rejects.toMatchObject({ code: 'revision-moved' })
    expect(await node.store.read.revision()).toBe(stale.revision + 1)
  })

  it('is of one revision whoever reads it while two nodes write', async () => {
    const other = await node.another()
    const edit = (store: typeof other, index: number) =>
      declare(store, ({ revision }) => ({
        sets: new Map([[`revision ${revision + 1}`, []]]),
        groups: new Map([[`revision ${revision + 1}`, []]]),
        declarations: new Map([[`d${index}`, version(`d${index}`, { payload: `{"revision":${revision + 1}}` })]]),
      }))
    const look = async (store: typeof other) => {
      const declared = await store.read.declared()
      const within = await store.transaction((tx) => tx.declared())
      return [declared, within].every(({ revision, sets, groups, declarations }) => {
        const name = `revision ${revision}`
        const [first] = declarations.values()
        return sets.has(name) && groups.has(name) && first?.payload === `{"revision":${revision}}`
      })
    }
    await edit(node.store, 0)
    const edits = Array.from({ length: 20 }, (_, index) => edit(index % 2 === 0 ? node.store : other, index))
    const looks = Array.from({ length: 40 }, (_, index) => look(index % 2 === 0 ? other : node.store))
    await Promise.all(edits)
    expect(await Promise.all(looks)).toEqual(Array.from({ length: 40 }, () => true))
  })

  it('a change waits for those who join cohorts, and they for it', async () => {
    const order: string[] = []
    const joins = Array.from({ length: 5 }, () =>
      node.store.transaction(async (tx) => {
        await tx.lockRevision('share')
        const revision = await tx.revision()
        order.push('join')
        return revision === (await tx.revision())
      }),
    )
    await declare(node.store, () => ({}))
    expect(await Promise.all(joins)).toEqual([true, true, true, true, true])
    expect(order).toHaveLength(5)
  })
})
