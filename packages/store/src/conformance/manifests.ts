import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'
import { body, cohort, enroll, enrollment } from './fixtures.ts'

const HOUR = 60 * 60_000

describe.each(databases)('manifests on $name', (database) => {
  const node = nodeOf(database)

  it('gives halves, values and bodies by their tokens', async () => {
    const bodies = [body('b1', { payload: '{"a":1}' }), body('b2', { identifier: 'other', reapply: 3 })]
    const made = cohort({ id: 'c1', bodies })
    await node.store.transaction(async (tx) => {
      await tx.lockRevision('share')
      await tx.saveCohorts([made], 'create')
      await tx.putValues(new Map([['v1', { properties: { role: 'teacher', n: 1.5 } }]]))
    })
    expect(await node.store.read.half('c1-half')).toEqual(made.manifest.half)
    expect(await node.store.read.values('v1')).toEqual({ properties: { role: 'teacher', n: 1.5 } })
    expect(await node.store.read.body('b2')).toEqual(bodies[1])
    expect(await node.store.read.bodies(['b2', 'b1', 'none'])).toEqual(expect.arrayContaining(bodies))
    expect(await node.store.read.bodies([])).toEqual([])
    expect(await node.store.read.half('none')).toBeUndefined()
    expect(await node.store.read.values('none')).toBeUndefined()
    expect(await node.store.read.body('none')).toBeUndefined()
  })

  it('create keeps a cohort that is there, change replaces it', async () => {
    const first = cohort({ id: 'c2', common: 'c2-first', since: 1000 })
    const second = cohort({ id: 'c2', common: 'c2-second', since: 2000, revision: 7 })
    const save = (change: typeof first, how: 'create' | 'change') =>
      node.store.transaction(async (tx) => {
        await tx.lockRevision('update')
        await tx.saveCohorts([change], how)
      })
    await save(first, 'create')
    await save(second, 'create')
    expect(await node.store.read.cohort('c2')).toEqual(first.cohort)
    await save(second, 'change')
    expect(await node.store.read.cohort('c2')).toEqual(second.cohort)
    expect(await node.store.read.half('c2-second')).toEqual(second.manifest.half)
    expect(await node.store.read.cohort('none')).toBeUndefined()
    const all = await node.store.transaction((tx) => tx.cohorts())
    expect(all).toContainEqual(second.cohort)
  })

  it('creates one cohort from many sides at once', async () => {
    const made = cohort({ id: 'c3', bodies: [body('b3'), body('b4')] })
    const join = (index: number) =>
      node.store.transaction(async (tx) => {
        await tx.lockRevision('share')
        await tx.putValues(new Map([['own', { properties: {} }]]))
        await tx.saveCohorts([made], 'create')
        await tx.saveEnrollments([enrollment(`join-${index}`, { cohort: 'c3' })])
      })
    await Promise.all(Array.from({ length: 20 }, (_, index) => join(index)))
    expect((await node.store.read.channel('join-19'))?.common).toBe('c3-half')
  })

  it('keeps capabilities by their hash', async () => {
    const capabilities = {
      supportedVersions: ['1.0.0'],
      supportedFeatures: { a: { b: [1] } },
      declarations: { activation: [], asset: [], configuration: ['a.b'], management: [] },
      statusItems: ['device.model.family'],
    }
    await node.store.transaction((tx) => tx.putCapabilities('h1', capabilities))
    await node.store.transaction((tx) => tx.putCapabilities('h1', capabilities))
    expect(await node.store.read.capabilities('h1')).toEqual(capabilities)
    expect(await node.store.read.capabilities('none')).toBeUndefined()
    const known = await node.store.transaction((tx) => tx.capabilitiesByHash(['h1', 'none']))
    expect(known).toEqual(new Map([['h1', capabilities]]))
  })
})

describe.each(databases)('garbage on $name', (database) => {
  const node = nodeOf(database)
  const collect = () => node.store.transaction((tx) => tx.collectGarbage())
  /** Two collections, far enough apart for what the first one marked. */
  const collectTwice = async () => {
    await collect()
    node.now += HOUR
    return collect()
  }
  const change = (made: ReturnType<typeof cohort>) =>
    node.store.transaction(async (tx) => {
      await tx.lockRevision('update')
      await tx.saveCohorts([made], 'change')
    })

  it('goes with all that only it refers to, after a while', async () => {
    await enroll(node.store, enrollment('g1', { cohort: 'g1', own: 'g1-own' }))
    await change(cohort({ id: 'lonely', bodies: [body('lonely-body')] }))
    await node.store.transaction(async (tx) => {
      await tx.putValues(new Map([['lonely-own', { properties: {} }]]))
      await tx.putCapabilities('lonely-hash', {
        supportedVersions: [],
        supportedFeatures: {},
        declarations: { activation: [], asset: [], configuration: [], management: [] },
        statusItems: [],
      })
    })
    expect(await collect()).toBe(0)
    node.now += 60_000
    expect(await collect()).toBe(0)
    expect(await node.store.read.body('lonely-body')).toBeDefined()
    node.now += HOUR
    expect(await collect()).toBe(3)
    node.now += HOUR
    await collectTwice()
    const { read } = node.store
    expect(await read.cohort('lonely')).toBeUndefined()
    expect(await read.half('lonely-half')).toBeUndefined()
    expect(await read.body('lonely-body')).toBeUndefined()
    expect(await read.values('lonely-own')).toBeUndefined()
    expect(await read.capabilities('lonely-hash')).toBeUndefined()
    expect(await read.half('g1-half')).toBeDefined()
    expect(await read.values('g1-own')).toBeDefined()
  })

  it('keeps what a channel was shown, until no channel was', async () => {
    await change(cohort({ id: 'g2', common: 'g2-old', bodies: [body('g2-old-body')] }))
    await enroll(node.store, enrollment('g2', { cohort: 'g2', own: 'g2-old-own' }))
    const shown = ['g2-new.g2-new-own', 'g2-old.g2-old-own']
    await enroll(node.store, enrollment('g2', { cohort: 'g2', own: 'g2-new-own', sync: { shown } }))
    await change(cohort({ id: 'g2', common: 'g2-new', bodies: [body('g2-new-body')] }))
    await collectTwice()
    const { read } = node.store
    expect(await read.half('g2-old')).toBeDefined()
    expect(await read.body('g2-old-body')).toBeDefined()
    expect(await read.values('g2-old-own')).toBeDefined()
    const later = enrollment('g2', { cohort: 'g2', own: 'g2-new-own', sync: { shown: ['g2-new.g2-new-own'] } })
    await enroll(node.store, later)
    await collectTwice()
    await collectTwice()
    expect(await read.half('g2-old')).toBeUndefined()
    expect(await read.body('g2-old-body')).toBeUndefined()
    expect(await read.values('g2-old-own')).toBeUndefined()
    expect(await read.half('g2-new')).toBeDefined()
    expect(await read.body('g2-new-body')).toBeDefined()
    expect(await read.values('g2-new-own')).toBeDefined()
  })

  it('keeps the particulars that a channel has, and those that it was shown', async () => {
    const has = (particulars: string, shown: readonly string[]) =>
      enroll(node.store, enrollment('g4', { cohort: 'g4', own: 'g4-own', particulars, sync: { shown } }))
    const put = { 'g4-old': { 'device.name': 'old' }, 'g4-new': { 'device.name': 'new' } }
    await node.store.transaction((tx) => tx.putValues(new Map(Object.entries(put))))
    await has('g4-new', ['g4-half+.g4-own.g4-old'])
    await collectTwice()
    await collectTwice()
    const { read } = node.store
    expect(await read.particulars('g4-old')).toEqual({ 'device.name': 'old' })
    await has('g4-new', ['g4-half+.g4-own.g4-new'])
    await collectTwice()
    await collectTwice()
    expect(await read.particulars('g4-old')).toBeUndefined()
    expect(await read.particulars('g4-new')).toEqual({ 'device.name': 'new' })
  })

  it('is none any more when somebody refers to it again', async () => {
    await change(cohort({ id: 'g3', bodies: [body('g3-body')] }))
    await node.store.transaction((tx) => tx.putValues(new Map([['g3-own', { properties: {} }]])))
    await collect()
    await enroll(node.store, enrollment('g3', { cohort: 'g3', own: 'g3-own' }))
    node.now += HOUR
    await collect()
    await enroll(node.store, enrollment('g3', { cohort: 'g3-other', own: 'g3-other' }))
    await collect()
    const { read } = node.store
    expect(await read.cohort('g3')).toBeDefined()
    expect(await read.half('g3-half')).toBeDefined()
    expect(await read.body('g3-body')).toBeDefined()
    expect(await read.values('g3-own')).toBeDefined()
  })

  it('is not a cohort that is about to be woken', async () => {
    await change(cohort({ id: 'g4' }))
    await node.store.transaction((tx) => tx.wakeCohorts(['g4'], node.now + 100 * HOUR))
    await collectTwice()
    expect(await node.store.read.cohort('g4')).toBeDefined()
  })
})
