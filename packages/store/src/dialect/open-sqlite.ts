import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { migrate } from '../migrations/migrate.ts'
import { committedReads } from '../reads.ts'
import { type Store, StoreUnavailable } from '../store.ts'
import type { Aftermath, Surroundings } from '../unit-of-work.ts'
import { GroupCommit } from './group-commit.ts'
import { ReaderThread } from './reader-thread.ts'
import { isBusy, kyselyOn, LOCK_WAIT, SqliteConnection, sqliteDialect, sqliteSession } from './sqlite.ts'

/** Opens an SQLite database: one connection writes, one reads, one scans in a thread. */
export async function openSqlite(
  path: string,
  surroundings: Surroundings,
  committed: (aftermath: Aftermath) => void,
): Promise<Omit<Store, 'onCommit'>> {
  const file = databaseFile(path)
  const writing = new SqliteConnection(file, { readonly: false })
  await migrateAlone(writing)
  const reading = new SqliteConnection(file, { readonly: true })
  const writer = new GroupCommit(writing, surroundings, committed)
  const reader = new ReaderThread(file)
  return {
    dialect: 'sqlite',
    transaction: (work) => writer.transaction(work),
    read: committedReads(sqliteSession(reading), surroundings.cache),
    scan: reader.scan,
    told: (enrollment, period, token, at, again = false) => writer.told({ enrollment, period, token, at }, again),
    flush: () => writer.flush(),
    wipe: async () => {
      await writer.flush()
      writing.do('vacuum')
      writing.do('pragma wal_checkpoint(truncate)')
    },
    close: async () => {
      await writer.close()
      await reader.close()
      reading.close()
      writing.close()
    },
  }
}

/** A folder gets `edict.db`; only who owns it can read it, for there are secrets in it. */
function databaseFile(path: string): string {
  const isFile = existsSync(path) ? statSync(path).isFile() : ['.db', '.sqlite', '.sqlite3'].includes(extname(path))
  const file = isFile ? path : join(path, 'edict.db')
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    throw new StoreUnavailable(error)
  }
  return file
}

/** Whoever else starts at the same time waits until the schema stands. */
async function migrateAlone(connection: SqliteConnection): Promise<void> {
  try {
    await beginAlone(connection)
    await migrate(kyselyOn(connection), sqliteDialect.columns)
    connection.do('commit')
  } catch (error) {
    if (connection.inTransaction) connection.do('rollback')
    connection.close()
    throw error
  }
}

const TRIES = 500
const PAUSE = 20

/** Waits between tries instead of within one, for the other may be in this process. */
async function beginAlone(connection: SqliteConnection): Promise<void> {
  connection.waitForLocks(0)
  for (let tried = 1; ; tried += 1) {
    try {
      connection.do('begin immediate')
      connection.waitForLocks(LOCK_WAIT)
      return
    } catch (error) {
      if (tried === TRIES || !isBusy(error)) throw error
      await wait(PAUSE)
    }
  }
}
