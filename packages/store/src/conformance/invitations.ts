import { describe, expect, it } from 'vitest'
import type { Invitation } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const invited = (id: string, wish: Partial<Invitation> = {}): Invitation => ({
  id,
  tokenHash: `hash of ${id}`,
  mode: 'profile',
  note: '',
  meant: null,
  devices: 1,
  used: 0,
  madeAt: 1000,
  expiresAt: 9000,
  usedAt: null,
  revokedAt: null,
  ...wish,
})

describe.each(databases)('invitations on $name', (database) => {
  const node = nodeOf(database)
  const add = (one: Invitation) => node.store.transaction((tx) => tx.addInvitation(one))
  const take = (id: string, now = 2000) => node.store.transaction((tx) => tx.takeInvitation(`hash of ${id}`, now))

  it('gives back what was added, by id and by the hash of its token', async () => {
    const one = invited('back', { note: 'für Ada', meant: 'A', devices: 3 })
    await add(one)
    expect(await node.store.read.invitation({ id: 'back' })).toEqual(one)
    expect(await node.store.read.invitation({ tokenHash: 'hash of back' })).toEqual(one)
    expect(await node.store.read.invitation({ id: 'hash of back' })).toBeUndefined()
    expect(await node.store.read.invitation({ tokenHash: 'back' })).toBeUndefined()
  })

  it('is taken as often as there are devices, and says when last', async () => {
    await add(invited('twice', { devices: 2 }))
    expect([await take('twice', 2000), await take('twice', 3000), await take('twice', 4000)]).toEqual([
      true,
      true,
      false,
    ])
    expect(await node.store.read.invitation({ id: 'twice' })).toMatchObject({ used: 2, usedAt: 3000 })
  })

  it('is taken by one of many who try at once', async () => {
    await add(invited('race'))
    const taken = await Promise.all(Array.from({ length: 8 }, () => take('race')))
    expect(taken.filter((one) => one)).toHaveLength(1)
  })

  it('is not used by work that fails', async () => {
    await add(invited('failed'))
    const work = node.store.transaction(async (tx) => {
      expect(await tx.takeInvitation('hash of failed', 2000)).toBe(true)
      throw new Error('planted')
    })
    await expect(work).rejects.toThrow('planted')
    expect(await take('failed')).toBe(true)
  })

  it('cannot be taken once it is over, revoked, or unknown', async () => {
    await add(invited('over'))
    await add(invited('revoked'))
    await node.store.transaction((tx) => tx.revokeInvitation('revoked', 1500))
    await node.store.transaction((tx) => tx.revokeInvitation('revoked', 1600))
    expect([await take('over', 9000), await take('revoked'), await take('nobody')]).toEqual([false, false, false])
    expect((await node.store.read.invitation({ id: 'revoked' }))?.revokedAt).toBe(1500)
  })

  it('lists the newest first, by pages', async () => {
    const listed = async (cursor: string | null) => node.store.scan.invitations(cursor, 2)
    for (const id of ['first', 'second', 'third']) await add(invited(id))
    const page = await listed(null)
    expect(page.items.map(({ id }) => id)).toEqual(['third', 'second'])
    expect((await listed(page.next)).items[0]?.id).toBe('first')
  })

  it('forgets those that were over before a moment', async () => {
    await add(invited('old', { expiresAt: 100 }))
    await node.store.transaction((tx) => tx.forgetInvitations(200))
    expect(await node.store.read.invitation({ id: 'old' })).toBeUndefined()
    expect(await node.store.read.invitation({ id: 'back' })).toBeDefined()
  })
})
