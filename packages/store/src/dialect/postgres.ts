import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import pg from 'pg'
import { prepared } from '../prepared.ts'
import type { Tables } from '../tables.ts'
import { keepable, kept } from '../unusual-text.ts'
import type { Dialect, Result, Session, Statement } from './dialect.ts'

/** Key of the advisory lock that writers of events share; any number that nobody else uses. */
const EVENTS_LOCK = 7_345_119_021

/** Key of the one that writers of the trace hold, one after the other: each node writes some times a second. */
const TRACE_LOCK = 7_345_119_022

const lockTold = prepared(({ db }, ids: readonly string[]) =>
  db.selectFrom('enrollments').select('id').where(sql<boolean>`id = any(${ids}::text[])`).orderBy('id').forUpdate(),
)
const writeTold = prepared(
  ({ db }, ids: readonly string[], periods: readonly number[], tokens: readonly string[], ats: readonly number[]) => {
    const statement = sql`update enrollments as e set told = v.token, told_at = v.at
      from unnest(${ids}::text[], ${periods}::bigint[], ${tokens}::text[], ${ats}::bigint[]) as v (id, period, token, at)
      where e.id = v.id and e.period = v.period and (e.told_at is null or e.told_at <= v.at)`
    return { compile: () => statement.compile(db) }
  },
)
const shareEventsLock = prepared(({ db }) =>
  db.selectNoFrom(sql`pg_advisory_xact_lock_shared(${sql.lit(EVENTS_LOCK)})`.as('locked')),
)
const holdTraceLock = prepared(({ db }) =>
  db.selectNoFrom(sql`pg_advisory_xact_lock(${sql.lit(TRACE_LOCK)})`.as('locked')),
)
/** The snapshot is older than the lock: whoever numbered an event that it could see too few of has ended by then. */
const settled = prepared(({ db }) =>
  db
    .selectNoFrom(({ selectFrom }) =>
      selectFrom('events')
        .select(({ fn }) => fn.max('sequence').as('sequence'))
        .as('sequence'),
    )
    .select(sql`pg_advisory_xact_lock(${sql.lit(EVENTS_LOCK)})`.as('locked')),
)

export const postgresDialect: Dialect = {
  name: 'postgres',
  columns: {
    // Ordered and compared by octet, as SQLite does, whatever the database was created with.
    text: sql`text collate "C"`,
    integer: sql`bigint`,
    bytes: sql`bytea`,
    sequence: sql`bigint generated always as identity primary key`,
    tableEnd: sql``,
  },
  locksRows: true,
  oneOf: (column, values) => sql<boolean>`${column} = any(${values}::text[])`,
  lockRows: (query, mode) => (mode === 'update' ? query.forUpdate() : query.forShare()),
  lockFree: (query) => query.forUpdate().skipLocked(),
  noteTold: async (session, told) => {
    const ids = told.map((one) => one.enrollment)
    await lockTold(session, ids)
    await writeTold(
      session,
      ids,
      told.map((one) => one.period),
      told.map((one) => one.token),
      told.map((one) => one.at),
    )
  },
  beforeEvents: async (session) => {
    await shareEventsLock(session)
  },
  beforeTrace: async (session) => {
    await holdTraceLock(session)
  },
  settledEvent: async (session) => (await settled(session))[0]?.sequence ?? 0,
}

const INT8 = 20

/** Every integer that Edict keeps is safe as a number. */
export const numberTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
}

/** A session over a pool, each statement by itself, or over one client. */
export function postgresSession(
  client: pg.Pool | pg.ClientBase,
  failed: (error: unknown) => unknown,
): Session & { end(): void } {
  let ended = false
  return {
    dialect: postgresDialect,
    db: builder,
    execute: async <R>({ sql: text, parameters }: Statement<R>): Promise<Result<R>> => {
      if (ended) throw new Error('Cannot use transaction: its work has ended')
      try {
        const values = parameters.map(bindable)
        const { rows, rowCount } = await client.query({ ...named(text), text, values })
        return { rows: rows.map(unbound) as R[], affected: rowCount ?? 0 }
      } catch (error) {
        throw failed(error)
      }
    },
    end: () => {
      ended = true
    },
  }
}

/** Kysely over a pool, for what executes through it: the migrations. */
export function kyselyOver(pool: pg.Pool): Kysely<Tables> {
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

const STATEMENTS = 1000
const names = new Map<string, string>()

/** A statement with a name is parsed and planned once on each connection. */
function named(text: string): { readonly name?: string } {
  const known = names.get(text)
  if (known !== undefined) return { name: known }
  if (names.size >= STATEMENTS) return {}
  const name = `edict_${names.size}`
  names.set(text, name)
  return { name }
}

function bindable(value: unknown): unknown {
  if (typeof value === 'string') return keepable(value)
  if (Array.isArray(value)) return value.map(bindable)
  return value
}

function unbound(row: Record<string, unknown>): Record<string, unknown> {
  for (const column in row) {
    const value = row[column]
    if (typeof value === 'string') row[column] = kept(value)
  }
  return row
}

/** Builds and compiles queries for sessions. */
const builder: Kysely<Tables> = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
