import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'
import { enroll, enrollment, user } from './fixtures.ts'

describe.each(databases)('memberships on $name', (database) => {
  const node = nodeOf(database)
  const transaction: typeof node.store.transaction = (work) => node.store.transaction(work)

  it('a user channel has its own groups and sets, and those of its device for users', async () => {
    await enroll(node.store, enrollment('mac'), user('mac', 'ann'))
    const own = { set: 'corp', channel: 'own', exclude: false } as const
    const forUsers = { set: 'mail', channel: 'user', exclude: true } as const
    await transaction(async (tx) => {
      await tx.putGroupMembers('staff', ['mac', 'mac:ann'])
      await tx.putGroupMembers('macs', ['mac'])
      await tx.putAssignment('mac', own)
      await tx.putAssignment('mac', forUsers)
      await tx.putAssignment('mac:ann', own)
    })
    const known = await transaction((tx) => tx.memberships(['mac', 'mac:ann', 'nobody']))
    const device = { groups: ['macs', 'staff'], deviceGroups: [], assignments: [own, forUsers], deviceAssignments: [] }
    const ann = {
      groups: ['staff'],
      deviceGroups: ['macs', 'staff'],
      assignments: [own],
      deviceAssignments: [forUsers],
    }
    expect(known.get('mac')).toEqual(device)
    expect(known.get('mac:ann')).toEqual(ann)
    expect(known.get('nobody')).toEqual({ groups: [], deviceGroups: [], assignments: [], deviceAssignments: [] })
    expect(await node.store.read.membership('mac:ann')).toEqual(ann)
  })

  it('knows what a user channel of a known device will have before it is stored', async () => {
    await transaction((tx) => tx.putGroupMembers('future', ['future-mac']))
    await transaction((tx) => tx.putAssignment('future-mac', { set: 's', channel: 'user', exclude: false }))
    const membership = await node.store.read.membership('future-mac:bob', 'future-mac')
    expect(membership.deviceGroups).toEqual(['future'])
    expect(membership.deviceAssignments).toEqual([{ set: 's', channel: 'user', exclude: false }])
    const devices = new Map([['future-mac:bob', 'future-mac']])
    const placing = await transaction((tx) => tx.memberships(['future-mac:bob'], devices))
    expect(placing.get('future-mac:bob')).toEqual(membership)
    const own = await node.store.read.membership('future-mac', 'future-mac')
    expect([own.groups, own.deviceGroups]).toEqual([['future'], []])
  })

  it('replaces the members of a group', async () => {
    await transaction((tx) => tx.putGroupMembers('g', ['b', 'a', 'a']))
    expect(await node.store.read.groupMembers('g')).toEqual(['a', 'b'])
    await transaction((tx) => tx.putGroupMembers('g', ['c', 'b']))
    expect(await node.store.read.groupMembers('g')).toEqual(['b', 'c'])
    await transaction((tx) => tx.deleteGroup('g'))
    expect(await node.store.read.groupMembers('g')).toEqual([])
  })

  it('puts ten thousand into a group', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `member-${index}`)
    await transaction((tx) => tx.putGroupMembers('many', many))
    expect(await node.store.read.groupMembers('many')).toHaveLength(10_000)
    await transaction((tx) => tx.putGroupMembers('many', many.slice(0, 1)))
    expect(await node.store.read.groupMembers('many')).toEqual(['member-0'])
  })

  it('a set is given once to an enrollment and channel, and names do not touch', async () => {
    await transaction(async (tx) => {
      await tx.putAssignment('x', { set: 'corp', channel: 'own', exclude: false })
      await tx.putAssignment('x', { set: 'corp', channel: 'own', exclude: true })
      await tx.putAssignment('x', { set: 'corp.eu', channel: 'own', exclude: false })
      await tx.putAssignment('y', { set: 'corp.eu', channel: 'user', exclude: false })
      await tx.putAssignment('y', { set: 'corp.eu', channel: 'own', exclude: false })
    })
    expect(await node.store.read.assignments('x')).toEqual([
      { set: 'corp', channel: 'own', exclude: true },
      { set: 'corp.eu', channel: 'own', exclude: false },
    ])
    expect(await node.store.read.enrollmentsWithSet('corp.eu')).toEqual(['x', 'y'])
    expect(await transaction((tx) => tx.deleteAssignment('x', 'corp', 'own'))).toBe(true)
    expect(await transaction((tx) => tx.deleteAssignment('x', 'corp', 'own'))).toBe(false)
    expect(await node.store.read.enrollmentsWithSet('corp')).not.toContain('x')
  })

  it('keeps properties, and says who of a cohort holds a key', async () => {
    await enroll(
      node.store,
      enrollment('h1', { cohort: 'h' }),
      enrollment('h2', { cohort: 'h' }),
      enrollment('h3', { cohort: 'elsewhere' }),
    )
    await transaction(async (tx) => {
      await tx.putProperties('h1', { role: 'teacher' })
      await tx.putProperties('h2', { role: 'head', ключ: [1, null], __proto__x: true })
      await tx.putProperties('h3', { safe: true })
    })
    expect(await node.store.read.properties('h2')).toEqual({ role: 'head', ключ: [1, null], __proto__x: true })
    expect(await node.store.read.properties('nobody')).toEqual({})
    await transaction(async (tx) => {
      expect(await tx.propertiesOf(['h1', 'nobody'])).toEqual(
        new Map([
          ['h1', { role: 'teacher' }],
          ['nobody', {}],
        ]),
      )
      expect(await tx.holders('h', ['role', 'ключ', 'safe'])).toEqual(
        new Map([
          ['role', 'h1'],
          ['ключ', 'h2'],
        ]),
      )
      const keys = await tx.propertyKeys()
      expect([keys.has('role'), keys.has('ключ'), keys.has('nobody has it')]).toEqual([true, true, false])
      await tx.putProperties('h1', {})
      expect(await tx.holders('h', ['role'])).toEqual(new Map([['role', 'h2']]))
    })
  })
})
