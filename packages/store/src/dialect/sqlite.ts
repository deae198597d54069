import Database from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type Dialect as KyselyDialect,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  sql,
} from 'kysely'
import { prepared } from '../prepared.ts'
import { StoreUnavailable } from '../store.ts'
import type { Tables } from '../tables.ts'
import { keepable, kept } from '../unusual-text.ts'
import type { Dialect, Result, Session, Statement } from './dialect.ts'
import { PlannedOnceCompiler } from './sqlite-query-compiler.ts'

/** How long another process may hold a lock, in milliseconds; this one stands still meanwhile. */
export const LOCK_WAIT = 10_000
/** Statements that are kept ready; there are fewer different ones than that. */
const STATEMENTS = 1000

const note = prepared(({ db }, id: string, period: number, told: string, at: number, notAfter: number) =>
  db
    .updateTable('enrollments')
    .set({ told, told_at: at })
    .where('id', '=', id)
    .where('period', '=', period)
    .where(({ or, eb }) => or([eb('told_at', 'is', null), eb('told_at', '<=', notAfter)])),
)

const newestEvent = prepared(({ db }) => db.selectFrom('events').select(({ fn }) => fn.max('sequence').as('sequence')))

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  columns: {
    text: sql`text`,
    integer: sql`integer`,
    bytes: sql`blob`,
    sequence: sql`integer primary key autoincrement`,
    tableEnd: sql` strict`,
  },
  locksRows: false,
  oneOf: (column, values) => sql<boolean>`${column} in (select value from json_each(${values}))`,
  lockRows: (query) => query,
  lockFree: (query) => query,
  noteTold: async (session, told) => {
    for (const { enrollment, period, token, at } of told) await note(session, enrollment, period, token, at, at)
  },
  beforeEvents: async () => {},
  beforeTrace: async () => {},
  settledEvent: async (session) => (await newestEvent(session))[0]?.sequence ?? 0,
}

/** One connection. Its statements run at once, within the call. */
export class SqliteConnection {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement<unknown[]>>()

  /** @throws StoreUnavailable when the file cannot be opened */
  constructor(file: string, { readonly }: { readonly readonly: boolean }) {
    this.#database = whenAvailable(() => new Database(file, { readonly, timeout: LOCK_WAIT }))
    const pragmas = readonly
      ? ['query_only = on']
      : ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'journal_size_limit = 67108864']
    for (const pragma of [...pragmas, 'cache_size = -65536', 'temp_store = memory'])
      whenAvailable(() => this.#database.pragma(pragma))
  }

  get inTransaction(): boolean {
    return this.#database.open && this.#database.inTransaction
  }

  execute<R>({ sql: text, parameters }: Statement<R>): Result<R> {
    return whenAvailable(() => {
      const statement = this.#prepare(text)
      const bound = parameters.map(bindable)
      if (!statement.reader) return { rows: [], affected: statement.run(bound).changes }
      const rows = statement.all(bound) as Record<string, unknown>[]
      return { rows: rows.map(unbound) as readonly unknown[] as readonly R[], affected: rows.length }
    })
  }

  /** A statement without parameters or answer. */
  do(text: string): void {
    this.execute({ sql: text, parameters: [] })
  }

  /** @param most in milliseconds */
  waitForLocks(most: number): void {
    whenAvailable(() => this.#database.pragma(`busy_timeout = ${most}`))
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #prepare(text: string): Database.Statement<unknown[]> {
    const known = this.#statements.get(text)
    if (known !== undefined) return known
    if (this.#statements.size >= STATEMENTS) this.#statements.clear()
    const statement = this.#database.prepare<unknown[]>(text)
    this.#statements.set(text, statement)
    return statement
  }
}

/** A session over a connection. After `end` nothing executes any more: what a work forgot to await must not slip into the next. */
export function sqliteSession(connection: SqliteConnection): Session & { end(): void } {
  let ended = false
  return {
    dialect: sqliteDialect,
    db: builder,
    execute: async (statement) => {
      if (ended) throw new Error('Cannot use transaction: its work has ended')
      return connection.execute(statement)
    },
    end: () => {
      ended = true
    },
  }
}

/** Kysely over a connection, for what executes through it: the migrations. */
export function kyselyOn(connection: SqliteConnection): Kysely<Tables> {
  return new Kysely({ dialect: kyselyDialect(new OneConnectionDriver(connection)) })
}

function kyselyDialect(driver: Driver): KyselyDialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new PlannedOnceCompiler(),
  }
}

/** Whoever has the connection begins and ends its transactions. */
class OneConnectionDriver implements Driver {
  readonly #connection: SqliteConnection | undefined

  constructor(connection: SqliteConnection | undefined) {
    this.#connection = connection
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = this.#connection
    if (connection === undefined) throw new Error('Cannot execute: this Kysely only builds')
    return {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        const { rows, affected } = connection.execute<R>(query as Statement<R>)
        return { rows: [...rows], numAffectedRows: BigInt(affected) }
      },
      streamQuery: () => {
        throw new Error('Cannot stream: rows are read at once')
      },
    }
  }
  async beginTransaction(): Promise<void> {}
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

function bindable(value: unknown): unknown {
  if (typeof value === 'string') return keepable(value)
  if (typeof value === 'boolean') return Number(value)
  if (value === undefined) return null
  if (Array.isArray(value)) return JSON.stringify(value.map(bindable))
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return value
}

function unbound(row: Record<string, unknown>): Record<string, unknown> {
  for (const column in row) {
    const value = row[column]
    if (typeof value === 'string') row[column] = kept(value)
  }
  return row
}

const ours = /^SQLITE_(CONSTRAINT|ERROR|MISUSE|RANGE|MISMATCH|TOOBIG|AUTH)/

/** What the database cannot do now is told apart from what it was asked wrongly. */
function whenAvailable<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : undefined
    const isOurs = code === undefined ? !isClosed(error) : ours.test(code)
    throw isOurs ? error : new StoreUnavailable(error)
  }
}

/** Whether somebody else holds a lock. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof StoreUnavailable &&
    error.cause instanceof Database.SqliteError &&
    error.cause.code.startsWith('SQLITE_BUSY')
  )
}

/** The driver says so with a TypeError. */
function isClosed(error: unknown): boolean {
  return error instanceof TypeError && /not open|unable to open|directory does not exist/i.test(error.message)
}

/** Builds and compiles queries for sessions. */
const builder: Kysely<Tables> = new Kysely({ dialect: kyselyDialect(new OneConnectionDriver(undefined)) })
