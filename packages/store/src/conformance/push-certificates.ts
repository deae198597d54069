import { describe, expect, it } from 'vitest'
import type { PushCertificate, Store } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const asked = (id: string, madeAt: number): PushCertificate => ({
  id,
  topic: null,
  certificate: null,
  chain: '',
  request: Uint8Array.of(0x30, 0, 255),
  madeAt,
  importedAt: null,
})

const imported = (id: string, topic: string, importedAt: number): PushCertificate => ({
  ...asked(id, 1),
  topic,
  certificate: Uint8Array.of(0x30, 128),
  chain: 'PEM',
  importedAt,
})

describe.each(databases)('push certificates and laps on $name', (database) => {
  const node = nodeOf(database)
  const transaction: Store['transaction'] = (work) => node.store.transaction(work)
  const put = (certificate: PushCertificate) => transaction((tx) => tx.putPushCertificate(certificate))
  const ids = async () => (await node.store.read.pushCertificates()).map(({ id }) => id)

  it('come newest first, what is only asked for last', async () => {
    expect(await ids()).toEqual([])
    for (const one of [asked('a1', 10), asked('a2', 20), imported('c1', 't1', 30), imported('c2', 't2', 40)])
      await put(one)
    expect(await ids()).toEqual(['c2', 'c1', 'a2', 'a1'])
    expect((await node.store.read.pushCertificates())[0]).toEqual(imported('c2', 't2', 40))
  })

  it('of one topic are one: the last that came', async () => {
    await put(imported('a1', 't1', 50))
    expect(await ids()).toEqual(['a1', 'c2', 'a2'])
    await transaction((tx) => tx.deletePushCertificate('a2'))
    expect(await ids()).toEqual(['a1', 'c2'])
  })

  it('a lap is gone on with by one node, whoever tries at the same time', async () => {
    const other = await node.another()
    const start = { name: 'lap', position: '', beganAt: 100, due: 100 }
    const goOn = (position: string, due: number) =>
      Promise.all(
        [0, 1, 2, 3].map((index) =>
          (index % 2 === 0 ? node.store : other).transaction(async (tx) => {
            const from = due === 100 ? undefined : start
            return tx.goOnLap(from, { ...start, position, due })
          }),
        ),
      )
    expect(await node.store.read.lap('lap')).toBeUndefined()
    expect((await goOn('', 100)).filter(Boolean)).toHaveLength(1)
    expect(await node.store.read.lap('lap')).toEqual(start)
    expect((await goOn('ipad-7', 160)).filter(Boolean)).toHaveLength(1)
    expect(await node.store.read.lap('lap')).toEqual({ ...start, position: 'ipad-7', due: 160 })
  })

  it('tells which of some channels have commands that wait', async () => {
    const command = {
      command: { RequestType: 'DeviceLock' },
      queuedAt: 1,
      sentAt: null,
      answeredAt: null,
      result: null,
    }
    await transaction(async (tx) => {
      for (const [enrollment, state] of [
        ['waits-1', 'queued'],
        ['waits-2', 'not-now'],
        ['done', 'acknowledged'],
      ] as const) {
        await tx.addCommand({ ...command, CommandUUID: enrollment, enrollment, state })
      }
    })
    const found = await node.store.read.waiting(['waits-1', 'waits-2', 'done', 'nobody'])
    expect([...found].sort()).toEqual(['waits-1', 'waits-2'])
  })
})
