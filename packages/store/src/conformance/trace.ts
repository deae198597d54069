import { describe, expect, it } from 'vitest'
import type { Traced } from '../store.ts'
import { databases, nodeOf } from './databases.ts'

const push = (enrollment: string, at: number): Traced => ({
  enrollment,
  at,
  kind: 'push',
  accepted: false,
  reason: `at ${at}`,
})

const few = { entries: 3, claims: 2, bodies: 1 }

describe.each(databases)('the trace on $name', (database) => {
  const node = nodeOf(database)
  const add = (...entries: Traced[]) => node.store.transaction((tx) => tx.addTrace(entries))
  const times = async (id: string, before: number | null = null, limit = 100) =>
    (await node.store.read.trace(id, before, limit)).map(({ at }) => at)

  it('gives back what was said on a channel, oldest first, each with its place', async () => {
    await add(push('a', 1), push('b', 2), push('a', 3))
    const said = await node.store.read.trace('a', null, 10)
    expect(said).toMatchObject([
      { kind: 'push', at: 1, accepted: false, reason: 'at 1' },
      { kind: 'push', at: 3 },
    ])
    expect(said[1]?.entry).toBeGreaterThan(said[0]?.entry ?? Number.POSITIVE_INFINITY)
    expect(said[0]).not.toHaveProperty('enrollment')
  })

  it('gives the last, those before one, and those after one', async () => {
    await add(...[1, 2, 3, 4, 5].map((at) => push('paged', at)))
    expect(await times('paged', null, 2)).toEqual([4, 5])
    const [four] = await node.store.read.trace('paged', null, 2)
    expect(await times('paged', four?.entry ?? 0, 2)).toEqual([2, 3])
    const after = await node.store.read.traceAfter('paged', four?.entry ?? 0, 10)
    expect(after.map(({ at }) => at)).toEqual([5])
  })

  it('shows a reader everything in order, whichever of two nodes writes it', async () => {
    const other = await node.another()
    const write = async (store: typeof other) => {
      for (let at = 1; at <= 40; at += 1) await store.transaction((tx) => tx.addTrace([push('two nodes', at)]))
    }
    let last = 0
    let seen = 0
    const read = async () => {
      for (;;) {
        const found = await node.store.read.traceAfter('two nodes', last, 100)
        seen += found.length
        last = found.at(-1)?.entry ?? last
        if (found.length === 0) return
      }
    }
    const writing = Promise.all([write(node.store), write(other)])
    let written = false
    void writing.then(() => {
      written = true
    })
    while (!written) {
      await read()
      await new Promise(setImmediate)
    }
    await writing
    await read()
    expect(seen).toBe(80)
  })

  it('leaves the last so many of a channel, and all of another', async () => {
    await add(...[1, 2, 3, 4].map((at) => push('long', at)), push('other', 1))
    await node.store.transaction((tx) => tx.shortenTrace('long', few))
    expect(await times('long')).toEqual([2, 3, 4])
    await node.store.transaction((tx) => tx.shortenTrace('long', few))
    expect(await times('long')).toEqual([2, 3, 4])
    expect(await times('other')).toEqual([1])
  })

  it('keeps what was only claimed apart: it pushes out nothing of what was said, and nothing pushes it out', async () => {
    const claim = (at: number): Traced => ({ ...push('claimed', at), claimed: at })
    await add(
      push('claimed', 1),
      claim(2),
      push('claimed', 3),
      claim(4),
      claim(5),
      push('claimed', 6),
      push('claimed', 7),
    )
    await node.store.transaction((tx) => tx.shortenTrace('claimed', few))
    expect(await times('claimed')).toEqual([3, 4, 5, 6, 7])
    expect(await node.store.read.trace('claimed', null, 10)).toMatchObject([{}, { claimed: 4 }, { claimed: 5 }, {}, {}])
    expect((await node.store.read.trace('claimed', null, 1))[0]).not.toHaveProperty('claimed')
  })

  it('keeps bodies of the last, and gives them when they are asked for', async () => {
    const bodies = { request: '{"a":1}', answer: '••• (3 octets)' }
    await add(...[1, 2, 3].map((at) => ({ ...push('bodies', at), bodies })), push('bodies', 4))
    const said = await node.store.read.trace('bodies', null, 10)
    for (const one of said) expect(one).not.toHaveProperty('bodies')
    const entries = said.map(({ entry }) => entry)
    const [first = 0, , , last = 0] = entries
    const kept = async () => [...(await node.store.read.traceBodies('bodies', first, last))]
    expect(await kept()).toEqual(entries.slice(0, 3).map((entry) => [entry, bodies]))
    await node.store.transaction((tx) => tx.shortenTrace('bodies', { ...few, entries: 10 }))
    expect(await kept()).toEqual([[entries[2], bodies]])
    expect(await node.store.read.traceBodies('bodies', last, last)).toEqual(new Map())
  })

  it('drops what is older than a moment', async () => {
    await add(push('old', 1_000_000), push('old', 2_000_000))
    await node.store.transaction((tx) => tx.forgetTrace(2_000_000))
    expect(await times('old')).toEqual([2_000_000])
  })
})
