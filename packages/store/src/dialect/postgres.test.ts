import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { enroll, enrollment } from '../conformance/fixtures.ts'
import { openStore } from '../open-store.ts'
import { type Store, StoreUnavailable, type Transaction } from '../store.ts'
import { startPostgres } from '../testing/postgres.ts'

describe('a store on PostgreSQL', () => {
  let url: string
  let store: Store
  let other: Store
  let admin: pg.Client

  beforeAll(async () => {
    url = await (await startPostgres()).url('postgres_only')
    store = await openStore({ database: url, nodeName: 'one' })
    other = await openStore({ database: url, nodeName: 'two' })
    admin = new pg.Client({ connectionString: url })
    await admin.connect()
    await enroll(store, enrollment('a'), enrollment('b'))
  })

  afterAll(async () => {
    await admin.end()
    await store.close()
    await other.close()
    await (await startPostgres()).stop()
  })

  /** Both hold their first lock before either asks for its second. */
  const crossing = () => {
    let waiting = 0
    let go: () => void = () => {}
    const both = new Promise<void>((resolve) => {
      go = resolve
    })
    return async () => {
      waiting += 1
      if (waiting === 2) go()
      await both
    }
  }

  it('repeats a work that a deadlock ended, whatever the work made of it', async () => {
    const meet = crossing()
    let runs = 0
    const cross = (first: string, second: string) => async (tx: Transaction) => {
      runs += 1
      await tx.lock([first])
      await meet()
      try {
        await tx.lock([second])
      } catch {
        throw new Error('something of its own')
      }
      return `${first}${second}`
    }
    const done = await Promise.all([store.transaction(cross('a', 'b')), store.transaction(cross('b', 'a'))])
    expect(done).toEqual(['ab', 'ba'])
    expect(runs).toBeGreaterThanOrEqual(3)
  })

  it('gives up after five repeats', async () => {
    let runs = 0
    const conflict = store.transaction(async (tx) => {
      runs += 1
      const held = await admin.query('select 1')
      expect(held.rowCount).toBe(1)
      await tx.lock(['a'])
      throw await conflictOf(tx)
    })
    await expect(conflict).rejects.toThrow(StoreUnavailable)
    expect(runs).toBe(6)
  })

  /** Two sides of one deadlock; the side of the work is ended because it waited longer. */
  const conflictOf = async (tx: Transaction): Promise<unknown> => {
    await admin.query('begin')
    await admin.query(`set local deadlock_timeout = '1min'`)
    await admin.query(`select 1 from enrollments where id = 'b' for update`)
    const theirs = admin.query(`select 1 from enrollments where id = 'a' for update`)
    const error = await tx.lock(['b']).catch((reason: unknown) => reason)
    void theirs.then(() => admin.query('rollback'))
    return error
  }

  it('says unavailable when the connection breaks in the middle, and works again afterwards', async () => {
    const broken = store.transaction(async (tx) => {
      await tx.lock(['a'])
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and state = 'idle in transaction'`,
      )
      await tx.putProperties('a', { never: true }).catch(() => {
        throw new Error('something of its own')
      })
    })
    await expect(broken).rejects.toThrow(StoreUnavailable)
    expect(await store.read.properties('a')).toEqual({})
    await store.transaction((tx) => tx.putProperties('a', { again: true }))
    expect(await store.read.properties('a')).toEqual({ again: true })
  })

  it('a work that swallows a failed statement is not committed', async () => {
    const swallowed = store.transaction(async (tx) => {
      await tx.putProperties('b', { never: true })
      await tx.saveEnrollments([enrollment('c', { cohort: 'not there' })]).catch(() => {})
    })
    await expect(swallowed).rejects.toThrow()
    expect(await store.read.properties('b')).toEqual({})
  })

  it('hears commits of other nodes, also after its ear was cut off', async () => {
    const heard = vi.fn()
    // Of another node's events only that there are some.
    const end = store.onCommit((what, own) => heard(what, own ?? 'unknown'))
    await other.transaction((tx) => tx.wakeChannels(['a'], 1))
    await expect.poll(() => heard.mock.calls).toEqual([['wakes', 'unknown']])
    heard.mockClear()
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query like 'listen%'`,
    )
    await expect
      .poll(() => heard.mock.calls)
      .toEqual(expect.arrayContaining(['events', 'wakes'].map((what) => [what, 'unknown'])))
    heard.mockClear()
    await other.transaction((tx) => tx.addEvents([{ at: 1, type: 'x', data: {} }]))
    await expect.poll(() => heard.mock.calls).toEqual([['events', 'unknown']])
    end()
  })

  it('says unavailable when nobody is there', async () => {
    await expect(openStore({ database: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(StoreUnavailable)
    await expect(openStore({ database: `${url}_not_there` })).rejects.toThrow(StoreUnavailable)
  })
})
