import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'
import { declare, enroll, enrollment, user } from './fixtures.ts'

describe.each(databases)('what the fleet is looked over by on $name', (database) => {
  const node = nodeOf(database)

  it('is every channel, also one that left, with what it reported and when its certificate ends', async () => {
    await enroll(node.store, enrollment('a'), user('a', 'ann'), enrollment('b', { state: 'left' }), enrollment('c'))
    const state = {
      kind: 'configuration',
      identifier: 'p',
      'server-token': 't',
      active: true,
      valid: 'valid',
      reasons: [],
      since: 5,
    } as const
    const pin = { pinnedAt: 1, revokedAt: null, why: null }
    await node.store.transaction(async (tx) => {
      await tx.saveStates('a', [state], 7)
      await tx.saveStates('c', [], 8)
      const counts = { code: 'healthy', stage: 'in-force', since: 5 } as const
      const looked = { found: null, wanted: 'cohort-half.own', entry: 0, lookedAt: 10, due: 50 }
      await tx.saveDiagnoses([{ enrollment: 'a', counts, ...looked }])
      await tx.addPin({ fingerprint: 'f1', enrollment: 'a', state: 'current', notAfter: 100, ...pin })
      await tx.addPin({ fingerprint: 'f2', enrollment: 'a', state: 'next', notAfter: 200, ...pin })
    })
    const { scan } = node.store
    const first = await scan.seenChannels(null, 2)
    expect(first.items).toMatchObject([
      {
        enrollment: { id: 'a' },
        common: 'cohort-half',
        cohortSince: 1000,
        cohortRevision: 0,
        reported: { states: [state], at: 7 },
        identityEnds: 100,
        diagnosis: { enrollment: 'a', counts: { code: 'healthy', stage: 'in-force', since: 5 }, due: 50, fresh: true },
      },
      {
        enrollment: { id: 'a:ann' },
        reported: null,
        identityEnds: null,
        diagnosis: { enrollment: 'a:ann', counts: null, due: null, fresh: false },
      },
    ])
    const rest = await scan.seenChannels(first.next, 2)
    expect(rest.next).toBeNull()
    expect(rest.items).toMatchObject([
      { enrollment: { id: 'b', state: 'left' }, reported: null },
      { enrollment: { id: 'c' }, reported: { states: [], at: 8 } },
    ])
  })

  it('lists the wakes that will be pushed, as many as are counted, with the channels of a cohort', async () => {
    await enroll(
      node.store,
      ...['w1', 'w2'].map((id) => enrollment(id, { cohort: 'woken' })),
      enrollment('w3', { cohort: 'woken', state: 'left' }),
    )
    await node.store.transaction(async (tx) => {
      await tx.wakeCohorts(['woken'], 9)
      await tx.wakeChannels(['w1'], 5, 'always')
      await tx.wakeUnseen(['w2'], 5, 1, 'behind')
    })
    const { scan } = node.store
    const first = await scan.wakes(null, 1)
    const rest = await scan.wakes(first.next, 10)
    expect(rest.next).toBeNull()
    const listed = [...first.items, ...rest.items]
    expect(listed.map(({ id: _id, ...wake }) => wake)).toEqual([
      { cohort: 'woken', channel: null, due: 9, channels: 2 },
      { cohort: null, channel: 'w1', due: 5, channels: 1 },
    ])
    expect(listed).toHaveLength((await scan.counts()).pendingWakes)
  })

  it('counts the devices that may enroll by themselves and were given no profile', async () => {
    const wish = { awaits: false, shared: false, note: '', expectedAt: 1 }
    await node.store.transaction(async (tx) => {
      await tx.putExpected(['S1', 'S2', 'S3'].map((serial) => ({ serial, ...wish })))
      await tx.noteGiven('S2', 'UDID-2', 5)
    })
    expect(await node.store.scan.notYetEnrolled()).toBe(2)
  })

  it('finds who made a revision', async () => {
    const { revision } = await declare(node.store, () => ({ sets: new Map([['s', []]]) }))
    const write = { actor: 'admin', action: 'put-set', target: 'sets/s', detail: {} }
    await node.store.transaction(async (tx) => {
      await tx.addAudit({ at: 5, revision, ...write })
      await tx.addAudit({ at: 6, revision: 0, ...write })
      await tx.addAudit({ at: 7, revision: revision + 1, ...write })
    })
    const found = await node.store.scan.auditOf([revision + 1, revision, revision + 2, 0])
    expect(found).toMatchObject([
      { revision, at: 5, ...write },
      { revision: revision + 1, at: 7, ...write },
    ])
    expect(await node.store.scan.auditOf([])).toEqual([])
  })
})
