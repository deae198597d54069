import { describe, expect, it } from 'vitest'
import type { Pin, Store } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const pinned = (fingerprint: string, enrollment: string, wish: Partial<Pin> = {}): Pin => ({
  fingerprint,
  enrollment,
  state: 'current',
  pinnedAt: 1000,
  notAfter: 9000,
  revokedAt: null,
  why: null,
  ...wish,
})

describe.each(databases)('pins on $name', (database) => {
  const node = nodeOf(database)
  const add = (pin: Pin, store: Store = node.store) => store.transaction((tx) => tx.addPin(pin))

  it('gives back what was pinned, by certificate and by device', async () => {
    const [old, next] = [pinned('a1', 'back'), pinned('a2', 'back', { state: 'next', pinnedAt: 2000 })]
    expect([await add(old), await add(next)]).toEqual([true, true])
    expect(await node.store.read.pin('a1')).toEqual(old)
    expect(await node.store.read.pinsOf('back')).toEqual([old, next])
    const among = await node.store.transaction((tx) => tx.pinsAmong(['a2', 'nobody']))
    expect([...among]).toEqual([['a2', next]])
    expect(await node.store.read.pin('nobody')).toBeUndefined()
    expect(await node.store.read.pinsOf('nobody')).toEqual([])
  })

  it('ties a certificate to one device only, in any state', async () => {
    expect(await add(pinned('b1', 'first'))).toBe(true)
    for (const state of ['current', 'next', 'revoked'] as const)
      expect(await add(pinned('b1', 'second', { state }))).toBe(false)
    await node.store.transaction((tx) => tx.revokePins(['b1'], { at: 2000, why: 'lost' }))
    expect(await add(pinned('b1', 'second'))).toBe(false)
    expect((await node.store.read.pin('b1'))?.enrollment).toBe('first')
  })

  it('gives a device one certificate now and one to come, and another when that was revoked', async () => {
    expect(await add(pinned('c1', 'one'))).toBe(true)
    expect(await add(pinned('c2', 'one'))).toBe(false)
    expect(await add(pinned('c2', 'one', { state: 'next' }))).toBe(true)
    expect(await add(pinned('c3', 'one', { state: 'next' }))).toBe(false)
    await node.store.transaction((tx) => tx.revokePins(['c1', 'c2'], { at: 2000, why: 'lost' }))
    expect(await add(pinned('c3', 'one'))).toBe(true)
    expect((await node.store.read.pinsOf('one')).map(({ state }) => state)).toEqual(['revoked', 'revoked', 'current'])
  })

  it('lets the one to come follow the present one', async () => {
    await add(pinned('d1', 'follow'))
    await add(pinned('d2', 'follow', { state: 'next' }))
    await node.store.transaction(async (tx) => {
      await tx.revokePins(['d1'], { at: 2000, why: 'superseded' })
      expect(await tx.promotePin('d2')).toBe(true)
    })
    await node.store.transaction(async (tx) => {
      expect([await tx.promotePin('d2'), await tx.promotePin('d1'), await tx.promotePin('nobody')]).toEqual([
        false,
        false,
        false,
      ])
    })
    expect((await node.store.read.pin('d2'))?.state).toBe('current')
    expect(await node.store.read.pin('d1')).toEqual(
      pinned('d1', 'follow', { state: 'revoked', revokedAt: 2000, why: 'superseded' }),
    )
  })

  it('keeps when and why the first time', async () => {
    await add(pinned('e1', 'why'))
    for (const why of ['first', 'second'])
      await node.store.transaction((tx) => tx.revokePins(['e1'], { at: why.length, why }))
    expect(await node.store.read.pin('e1')).toMatchObject({ state: 'revoked', revokedAt: 5, why: 'first' })
    await node.store.transaction((tx) => tx.revokePins([], { at: 1, why: 'nothing' }))
  })

  it('goes with the work that is taken back', async () => {
    const failing = node.store.transaction(async (tx) => {
      await tx.addPin(pinned('f1', 'taken-back'))
      throw new Error('after the pin')
    })
    await expect(failing).rejects.toThrow('after the pin')
    expect(await node.store.read.pin('f1')).toBeUndefined()
  })

  it('lets one of many nodes win, with certificates of one device and devices of one certificate', async () => {
    const other = await node.another()
    const race = (pin: (index: number) => Pin) =>
      Promise.all(Array.from({ length: 20 }, (_, index) => add(pin(index), index % 2 === 0 ? node.store : other)))
    const ofDevice = await race((index) => pinned(`g${index}`, 'raced'))
    expect(ofDevice.filter((won) => won)).toHaveLength(1)
    const ofCertificate = await race((index) => pinned('h', `raced-${index}`))
    expect(ofCertificate.filter((won) => won)).toHaveLength(1)
  })
})
