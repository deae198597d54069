import { describe, expect, it } from 'vitest'
import type { Secret } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const NAME = 'bootstrap-token'

describe.each(databases)('secrets on $name', (database) => {
  const node = nodeOf(database)
  const transaction = <T>(work: Parameters<typeof node.store.transaction<T>>[0]) => node.store.transaction(work)
  const put = (id: string, byte: number, wish: Partial<Omit<Secret, 'past'>> = {}) =>
    transaction((tx) =>
      tx.putSecret(id, { name: NAME, value: new Uint8Array([byte]), sealedUnder: 'k', period: 1, at: byte, ...wish }),
    )
  const rows = (under: string | null, limit = 100) => transaction((tx) => tx.sealedRows(under, limit))

  it('gives the one of the present period, or the last of the past, or that of a period', async () => {
    const get = async (period?: number) => {
      const found = await node.store.read.secret('k1', NAME, period)
      return found === undefined ? undefined : [...found.value, found.period, found.past]
    }
    expect(await get()).toBeUndefined()
    await put('k1', 10)
    await put('k1', 11)
    expect(await get()).toEqual([11, 1, false])
    await transaction((tx) => tx.forget(['k1']))
    expect(await get()).toEqual([11, 1, true])
    await put('k1', 20, { period: 2 })
    expect(await get()).toEqual([20, 2, false])
    expect(await get(1)).toEqual([11, 1, true])
    expect(await get(3)).toBeUndefined()
    await transaction((tx) => tx.deleteSecret('k1', NAME))
    expect(await get()).toEqual([11, 1, true])
    await transaction((tx) => tx.deleteSecret('k1', NAME))
    expect(await get()).toEqual([11, 1, true])
  })

  it('lists what a channel has, without the values', async () => {
    await put('k2', 1)
    await transaction((tx) => tx.forget(['k2']))
    await put('k2', 2, { period: 2 })
    await put('k2', 3, { name: 'a', period: 2, sealedUnder: null })
    expect(await node.store.read.secrets('k2')).toEqual([
      { name: 'a', sealedUnder: null, period: 2, past: false, at: 3 },
      { name: NAME, sealedUnder: 'k', period: 2, past: false, at: 2 },
      { name: NAME, sealedUnder: 'k', period: 1, past: true, at: 1 },
    ])
    expect(await node.store.read.secrets('nobody')).toEqual([])
  })

  it('finds what lies under a key or as it came, and puts it anew under another', async () => {
    await put('k3', 1, { sealedUnder: 'old' })
    await put('k4', 2, { sealedUnder: 'old' })
    await put('k5', 3, { sealedUnder: null, name: 'plain' })
    expect(await rows('old', 1)).toHaveLength(1)
    const [first, second] = await rows('old')
    expect(first).toEqual({
      kind: 'secret',
      enrollment: 'k3',
      name: NAME,
      period: 1,
      value: Uint8Array.of(1),
      under: 'old',
    })
    expect((await rows(null)).filter(({ enrollment }) => enrollment === 'k5')).toMatchObject([
      { name: 'plain', under: null },
    ])
    if (first === undefined || second === undefined) throw new Error('not found')
    // Somebody escrows anew between the reading and the writing: that stands.
    await put('k4', 9, { sealedUnder: 'old' })
    await transaction(async (tx) => {
      await tx.sealAnew(first, Uint8Array.of(100), 'new')
      await tx.sealAnew(second, Uint8Array.of(101), 'new')
    })
    expect(await node.store.read.secret('k3', NAME)).toMatchObject({
      value: Uint8Array.of(100),
      sealedUnder: 'new',
      at: 1,
    })
    expect(await node.store.read.secret('k4', NAME)).toMatchObject({ value: Uint8Array.of(9), sealedUnder: 'old' })
    const counts = await node.store.read.sealedCounts()
    expect(counts).toEqual(
      expect.arrayContaining([
        { under: 'old', count: 1 },
        { under: 'new', count: 1 },
      ]),
    )
  })

  it('keeps a command with its secrets beside what may be shown, and finds it by its key', async () => {
    const command = {
      CommandUUID: 'u1',
      enrollment: 'k7',
      command: { RequestType: 'DeviceLock', PIN: '•••' },
      state: 'queued',
      queuedAt: 1,
      sentAt: null,
      answeredAt: null,
      result: null,
    } as const
    const added = await transaction((tx) => tx.addCommand(command, { value: Uint8Array.of(7), under: 'of commands' }))
    await transaction((tx) => tx.addCommand({ ...command, CommandUUID: 'u2' }))
    expect(added).toMatchObject(command)
    const [row] = await rows('of commands')
    const place = { kind: 'command', enrollment: 'k7', CommandUUID: 'u1' }
    expect(row).toEqual({ ...place, value: Uint8Array.of(7), under: 'of commands' })
    expect((await rows(null)).some(({ enrollment }) => enrollment === 'k7')).toBe(false)
    await transaction(async (tx) => {
      if (row !== undefined) await tx.sealAnew(row, Uint8Array.of(8), 'of commands, too')
      await tx.saveCommand({ ...added, state: 'acknowledged' })
      expect(await tx.sealedCommand('k7', 'u1')).toEqual(Uint8Array.of(8))
      expect(await tx.sealedCommand('k7', 'u2')).toBeUndefined()
      expect(await tx.sealedCommand('k7', 'u3')).toBeUndefined()
    })
    expect(await rows('of commands')).toEqual([])
    expect(await rows('of commands, too')).toHaveLength(1)
  })

  it('loses nothing by a wipe, and can be written afterwards', async () => {
    await put('k6', 1)
    await node.store.wipe()
    expect(await node.store.read.secret('k6', NAME)).toMatchObject({ value: Uint8Array.of(1) })
    await put('k6', 2)
    expect(await node.store.read.secret('k6', NAME)).toMatchObject({ value: Uint8Array.of(2) })
  })
})
