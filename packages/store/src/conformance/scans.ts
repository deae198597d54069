import { describe, expect, it } from 'vitest'
import type { Channel, Page } from '../store.ts'
import { databases, nodeOf } from './databases.ts'
import { cohort, declare, enroll, enrollment, user } from './fixtures.ts'

const idsOf = (page: Page<Channel>) => page.items.map((channel) => channel.enrollment.id)

describe.each(databases)('lists of enrollments on $name', (database) => {
  const node = nodeOf(database)
  const list = async (filter: Parameters<typeof node.store.scan.enrollments>[0]) =>
    idsOf(await node.store.scan.enrollments(filter, null, 100))

  it('pages by id, and a page stands whatever is added meanwhile', async () => {
    await enroll(node.store, ...['a', 'b', 'd', 'e'].map((id) => enrollment(id)))
    const first = await node.store.scan.enrollments({}, null, 2)
    expect([idsOf(first), first.next]).toEqual([['a', 'b'], 'b'])
    await enroll(node.store, enrollment('aa'), enrollment('c'))
    const second = await node.store.scan.enrollments({}, first.next, 3)
    expect([idsOf(second), second.next]).toEqual([['c', 'd', 'e'], null])
    expect(idsOf(await node.store.scan.channels('c', 1))).toEqual(['d'])
  })

  it('filters by group, platform and state', async () => {
    await enroll(
      node.store,
      enrollment('f1', { facts: { platform: 'macOS' } }),
      enrollment('f2', { facts: { platform: 'macOS' }, state: 'left' }),
    )
    await node.store.transaction((tx) => tx.putGroupMembers('staff', ['f2', 'f1', 'not enrolled']))
    expect(await list({ group: 'staff' })).toEqual(['f1', 'f2'])
    expect(await list({ platform: 'macOS', state: 'left' })).toEqual(['f2'])
    expect(await list({ group: 'none' })).toEqual([])
  })

  it('filters by the sets that channels are meant to hold', async () => {
    await declare(node.store, () => ({
      sets: new Map([
        ['corp', []],
        ['corp.eu', []],
      ]),
      groups: new Map([['eu', [{ set: 'corp.eu', channel: 'own', exclude: false }]]]),
    }))
    const { key } = cohort({ id: 'any' }).cohort
    await node.store.transaction(async (tx) => {
      const inGroup = cohort({ id: 'eu', key: { ...key, groups: ['eu'] } })
      const byName = cohort({ id: 'byName', key: { ...key, own: [{ set: 'corp', exclude: false }] } })
      const excluded = cohort({ id: 'not', key: { ...key, groups: ['eu'], own: [{ set: 'corp.eu', exclude: true }] } })
      await tx.saveCohorts([inGroup, byName, excluded], 'create')
    })
    await enroll(
      node.store,
      enrollment('s1', { cohort: 'eu' }),
      enrollment('s2', { cohort: 'byName' }),
      enrollment('s3', { cohort: 'not' }),
    )
    expect(await list({ set: 'corp.eu' })).toEqual(['s1'])
    expect(await list({ set: 'corp' })).toEqual(['s2'])
    expect(await list({ set: 'none' })).toEqual([])
  })

  it('filters those that are behind: not enabled, nothing collected, or something else', async () => {
    const sync = (token: string | null, enabled = true) =>
      ({
        sync: { enabled, collected: token === null ? null : { token, at: 1 } },
        facts: { platform: 'visionOS' },
      }) as const
    await enroll(
      node.store,
      enrollment('b1', sync('cohort-half.own')),
      enrollment('b2', sync('cohort-half.other')),
      enrollment('b3', sync(null)),
      enrollment('b4', sync('cohort-half.own', false)),
      enrollment('b5', { ...sync(null), state: 'left' }),
    )
    expect(await list({ platform: 'visionOS', behind: true })).toEqual(['b2', 'b3', 'b4'])
    expect(await list({ platform: 'visionOS', behind: false })).toEqual(['b1'])
  })

  it('takes the particulars of an enrollment into account where its cohort asks for them', async () => {
    const made = cohort({ id: 'asking', common: 'asking+' })
    await node.store.transaction((tx) => tx.saveCohorts([made], 'create'))
    const collected = (token: string) =>
      ({
        cohort: 'asking',
        sync: { enabled: true, collected: { token, at: 1 } },
        facts: { platform: 'tvOS' },
      }) as const
    await enroll(
      node.store,
      enrollment('a1', collected('asking+.own.particulars')),
      enrollment('a2', collected('asking+.own.others')),
      enrollment('a3', collected('asking+.own')),
    )
    expect(await list({ platform: 'tvOS', behind: true })).toEqual(['a2', 'a3'])
    expect(await list({ platform: 'tvOS', behind: false })).toEqual(['a1'])
  })

  it('finds part of an id, serial number, device or user name, without case', async () => {
    await enroll(
      node.store,
      enrollment('find-ME', { facts: { serialNumber: 'C02XYZ', deviceName: 'Zoë’s iPad 100%_\\' } }),
      user('find-ME', 'ÄNN', { facts: {} }),
    )
    expect(await list({ q: 'nd-me' })).toEqual(['find-ME', 'find-ME:ÄNN'])
    expect(await list({ q: 'c02x' })).toEqual(['find-ME'])
    expect(await list({ q: 'ZOË' })).toEqual(['find-ME'])
    expect(await list({ q: 'änn' })).toEqual(['find-ME:ÄNN'])
    expect(await list({ q: '0%_\\' })).toEqual(['find-ME'])
    expect(await list({ q: 'c_2x' })).toEqual([])
  })
})

describe.each(databases)('the fleet on $name', (database) => {
  const node = nodeOf(database)
  const save = (id: string, name: string, value: string | number | readonly string[], at = 1) =>
    node.store.transaction((tx) => tx.saveItems(id, [{ name, value, at }], []))

  it('lists who has a value of an item, and who has none', async () => {
    await enroll(
      node.store,
      ...['v1', 'v2', 'v3', 'v4'].map((id) => enrollment(id, { lastSeenAt: 7 })),
      enrollment('v5', { state: 'left' }),
    )
    for (const id of ['v1', 'v2', 'v5']) await save(id, 'os', '26.4')
    await save('v3', 'os', ['x'.repeat(500)])
    const { scan } = node.store
    const page = await scan.itemValues('os', {}, null, 2)
    expect(page.next).toBe('v2')
    expect(page.items[0]).toEqual({
      name: 'os',
      value: '26.4',
      at: 1,
      enrollment: 'v1',
      channel: 'device',
      device: 'v1',
      lastSeenAt: 7,
    })
    const rest = await scan.itemValues('os', {}, page.next, 2)
    expect([rest.items.map((item) => item.enrollment), rest.next]).toEqual([['v3'], null])
    const same = await scan.itemValues('os', { value: '"26.4"' }, null, 10)
    expect(same.items.map((item) => item.enrollment)).toEqual(['v1', 'v2'])
    const long = await scan.itemValues('os', { value: JSON.stringify(['x'.repeat(500)]) }, null, 10)
    expect(long.items.map((item) => item.enrollment)).toEqual(['v3'])
    expect(idsOf(await scan.withoutItem('os', null, 10))).toEqual(['v4'])
    expect(await scan.itemCounts('os', 10)).toEqual([
      { value: '26.4', count: 2 },
      { value: ['x'.repeat(500)], count: 1 },
    ])
    expect(await scan.itemCounts('os', 1)).toHaveLength(1)
  })

  it('counts answers by cohort and by what was collected', async () => {
    const common = 'c'.repeat(64)
    const collected = (own: string) => ({ enabled: true, collected: { token: `${common}.${own}`, at: 1 } })
    const wish = { cohort: 'answers', subscribedAt: 10 }
    await enroll(
      node.store,
      enrollment('n1', { ...wish, sync: collected('a'), lastFullReportAt: 20, lastSeenAt: 100 }),
      enrollment('n2', { ...wish, sync: collected('b'), lastFullReportAt: 20, lastSeenAt: 100 }),
      enrollment('n3', { ...wish, sync: collected('c'), lastFullReportAt: 5, lastSeenAt: 100 }),
      enrollment('n4', { ...wish, lastSeenAt: 100 }),
      enrollment('n5', { ...wish, sync: collected('a'), lastFullReportAt: 20, lastSeenAt: 50 }),
      enrollment('n6', { ...wish, sync: collected('a'), lastFullReportAt: 20, lastSeenAt: 51 }),
    )
    await save('n5', 'battery', 1)
    await save('n6', 'battery', 1)
    const groups = (await node.store.scan.answerGroups('battery', 50)).filter((group) => group.cohort === 'answers')
    const group = { cohort: 'answers', hasValue: false, stale: false, fullSince: true, full: true, count: 1 }
    expect(groups).toHaveLength(5)
    expect(groups).toEqual(
      expect.arrayContaining([
        { ...group, collected: `${common}.a`, count: 2 },
        { ...group, collected: `${common}.c`, fullSince: false },
        { ...group, collected: null, fullSince: false, full: false },
        { ...group, collected: `${common}.a`, hasValue: true, stale: true },
        { ...group, collected: `${common}.a`, hasValue: true },
      ]),
    )
  })

  it('counts for metrics', async () => {
    const before = await node.store.scan.counts()
    await enroll(
      node.store,
      enrollment('m1', { state: 'enrolling' }),
      enrollment('m2', { sync: { enabled: true, collected: { token: 'cohort-half.own', at: 1 } } }),
      enrollment('m3', { state: 'left' }),
    )
    const command = {
      CommandUUID: 'u',
      enrollment: 'm2',
      command: { RequestType: 'DeviceInformation' },
      state: 'queued',
      queuedAt: 1,
      sentAt: null,
      answeredAt: null,
      result: null,
    } as const
    await node.store.transaction((tx) => tx.addCommand(command))
    await node.store.transaction((tx) => tx.wakeChannels(['m1', 'm2'], 5))
    const after = await node.store.scan.counts()
    expect({
      enrolling: after.enrollments.enrolling - before.enrollments.enrolling,
      enrolled: after.enrollments.enrolled - before.enrollments.enrolled,
      left: after.enrollments.left - before.enrollments.left,
      behind: after.behind - before.behind,
      commands: after.pendingCommands - before.pendingCommands,
      wakes: after.pendingWakes - before.pendingWakes,
    }).toEqual({ enrolling: 1, enrolled: 1, left: 1, behind: 1, commands: 1, wakes: 2 })
  })

  it('lists groups with how many they have', async () => {
    await declare(node.store, () => ({
      groups: new Map([
        ['empty', []],
        ['full', []],
      ]),
    }))
    await node.store.transaction((tx) => tx.putGroupMembers('full', ['v1', 'v2']))
    expect(await node.store.scan.groups()).toEqual([
      { name: 'empty', members: 0 },
      { name: 'full', members: 2 },
    ])
  })
})

describe.each(databases)('the logs on $name', (database) => {
  const node = nodeOf(database)

  it('gives the audit newest first', async () => {
    for (let index = 1; index <= 5; index += 1) {
      const entry = { at: index, actor: 'admin', action: 'put-set', target: `sets/${index}`, revision: index }
      await node.store.transaction((tx) => tx.addAudit({ ...entry, detail: { n: index } }))
    }
    const first = await node.store.scan.audit(null, 2)
    expect(first.items.map(({ detail }) => detail)).toEqual([{ n: 5 }, { n: 4 }])
    await node.store.transaction((tx) =>
      tx.addAudit({ at: 6, actor: 'a', action: 'b', target: 'c', revision: 6, detail: {} }),
    )
    const second = await node.store.scan.audit(first.next, 5)
    expect([second.items.map(({ at }) => at), second.next]).toEqual([[3, 2, 1], null])
  })

  it('gives each event once, in order, to whoever follows while others write', async () => {
    const other = await node.another()
    const followed: number[] = []
    const names = new Set<unknown>()
    const write = (store: typeof other, index: number) =>
      store.transaction((tx) =>
        tx.addEvents([
          { at: index, type: 'a', data: { index } },
          { at: index, type: 'b', data: { index } },
        ]),
      )
    let after = await node.store.scan.lastEvent()
    const writes = Promise.all(
      Array.from({ length: 100 }, (_, index) => write(index % 2 === 0 ? node.store : other, index)),
    )
    let written = false
    writes.finally(() => {
      written = true
    })
    for (let last = false; !last; ) {
      last = written
      const events = await node.store.scan.events(after, 30)
      if (events.length > 0) last = false
      for (const event of events) {
        followed.push(event.sequence)
        names.add(`${event.type} ${event.data.index}`)
        after = event.sequence
      }
    }
    await writes
    expect(followed).toEqual([...new Set(followed)].sort((a, b) => a - b))
    expect(names.size).toBe(200)
    expect(await node.store.scan.lastEvent()).toBe(after)
  })

  it('keeps the newest twenty thousand events', async () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => ({ at: index, type: 'x', data: {} }))
    for (let round = 0; round < 22; round += 1) await node.store.transaction((tx) => tx.addEvents(thousand))
    const last = await node.store.scan.lastEvent()
    const [oldest] = await node.store.scan.events(0, 1)
    expect(last - (oldest?.sequence ?? 0)).toBeGreaterThanOrEqual(19_999)
    expect(last - (oldest?.sequence ?? 0)).toBeLessThan(21_000)
  })
})
