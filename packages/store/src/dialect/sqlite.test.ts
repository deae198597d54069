import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enroll, enrollment } from '../conformance/fixtures.ts'
import { DeclaredCache } from '../declared-cache.ts'
import { openStore } from '../open-store.ts'
import { StoreUnavailable } from '../store.ts'
import { GroupCommit } from './group-commit.ts'
import { ReaderThread } from './reader-thread.ts'
import { SqliteConnection } from './sqlite.ts'

describe('a store on SQLite', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-sqlite-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is one file that only its owner reads, named or in a folder', async () => {
    for (const [given, file] of [
      ['deep/data', 'deep/data/edict.db'],
      ['one.db', 'one.db'],
    ] as const) {
      await (await openStore({ database: join(folder, given) })).close()
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    }
  })

  it('cannot open what is no database', async () => {
    await writeFile(join(folder, 'text.db'), 'no database, but long enough to be mistaken for one'.repeat(20))
    await expect(openStore({ database: join(folder, 'text.db') })).rejects.toThrow(StoreUnavailable)
    await expect(openStore({ database: join(folder, 'text.db', 'below') })).rejects.toThrow(StoreUnavailable)
  })

  const committing = async () => {
    const database = join(folder, 'group.db')
    await (await openStore({ database })).close()
    const connection = new SqliteConnection(database, { readonly: false })
    const said: string[] = []
    const execute = connection.do.bind(connection)
    connection.do = (text) => {
      said.push(text)
      execute(text)
    }
    const group = new GroupCommit(connection, { cache: new DeclaredCache(), clock: () => 0 }, () => {})
    return { connection, group, said }
  }

  it('shares a commit among what arrives together, as far as a group may take', async () => {
    const { connection, group, said } = await committing()
    await Promise.all(Array.from({ length: 100 }, (_, n) => group.transaction((tx) => tx.putProperties('x', { n }))))
    expect(said.filter((text) => text === 'commit').length).toBeLessThanOrEqual(10)
    expect(said.filter((text) => text === 'savepoint work')).toHaveLength(100)
    await group.close()
    connection.close()
  })

  it('when the commit fails, nobody of the group hears anything else, and the next group works', async () => {
    const { connection, group } = await committing()
    const working = connection.do
    connection.do = (text) => {
      if (text === 'commit') throw new Error('disk I/O error')
      working(text)
    }
    const works = [
      group.transaction((tx) => tx.putProperties('y', { lost: true })),
      group.transaction(async () => {
        throw new TypeError('refused because of what the first wrote')
      }),
    ]
    for (const outcome of await Promise.allSettled(works))
      expect(outcome).toMatchObject({ reason: expect.any(StoreUnavailable) })
    connection.do = working
    expect(await group.transaction((tx) => tx.properties('y'))).toEqual({})
    await group.close()
    connection.close()
  })

  it('a thread that dies before it answers says unavailable, and is started again', async () => {
    const store = await openStore({ database: folder })
    await enroll(store, enrollment('a'))
    const thread = new ReaderThread(join(folder, 'edict.db'))
    await thread.scan.counts()
    thread.crash()
    await expect(thread.scan.counts()).rejects.toThrow(StoreUnavailable)
    expect((await thread.scan.counts()).enrollments.enrolled).toBe(1)
    await thread.close()
    await store.close()
  })

  it('a thread that is closed while it is asked says unavailable, and has let go of the file when it is closed', async () => {
    const store = await openStore({ database: folder })
    const file = join(folder, 'edict.db')
    const thread = new ReaderThread(file)
    const asked = Array.from({ length: 20 }, () => expect(thread.scan.counts()).rejects.toThrow(StoreUnavailable))
    await thread.close()
    await Promise.all(asked)
    await expect(thread.scan.counts()).rejects.toThrow(StoreUnavailable)
    await store.close()
    // Who closes a database last takes its log away.
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  it('refuses a database that a newer program wrote', async () => {
    const database = join(folder, 'newer.db')
    await (await openStore({ database })).close()
    const raw = new Database(database)
    raw.prepare(`insert into schema_migrations (name, timestamp) values ('9999-future', 'now')`).run()
    raw.close()
    await expect(openStore({ database })).rejects.toThrow('9999-future')
  })

  it('says unavailable when the file can no longer be written', async () => {
    const { connection, group } = await committing()
    const raw = new Database(join(folder, 'group.db'))
    raw.exec('begin immediate')
    connection.waitForLocks(0)
    await expect(group.transaction((tx) => tx.putProperties('z', {}))).rejects.toThrow(StoreUnavailable)
    raw.exec('rollback')
    raw.close()
    await group.transaction((tx) => tx.putProperties('z', { again: true }))
    await group.close()
    connection.close()
  })
})
