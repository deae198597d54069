import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Recorded, Value } from './recorded.ts'

/** What keeps the migrations that were done; the schema of each version leaves it out. */
const MIGRATIONS = `
  create table schema_migrations (name varchar(255) not null primary key, timestamp varchar(255) not null);
  create table schema_migrations_lock (id varchar(255) not null primary key, is_locked integer not null default 0);`

/** Makes an empty database, a postgres:// URL or a folder, what it was when it was recorded. */
export async function restore(version: string, database: string): Promise<Recorded> {
  const folder = join(import.meta.dirname, version)
  const recorded = JSON.parse(await readFile(join(folder, 'recorded.json'), 'utf8')) as Recorded
  const isPostgres = database.startsWith('postgres')
  const schema = await readFile(join(folder, isPostgres ? 'postgres.sql' : 'sqlite.sql'), 'utf8')
  await (isPostgres ? intoPostgres : intoSqlite)(database, schema + MIGRATIONS, recorded)
  return recorded
}

async function intoSqlite(folder: string, schema: string, { rows }: Recorded): Promise<void> {
  const database = new DatabaseSync(join(folder, 'edict.db'))
  database.exec(`pragma journal_mode = wal; pragma foreign_keys = off; ${schema}`)
  for (const [table, row] of rowsOf(rows)) {
    const places = Object.keys(row).map(() => '?')
    database
      .prepare(`insert into "${table}" (${columnsOf(row)}) values (${places})`)
      .run(...Object.values(row).map(value))
  }
  database.close()
}

async function intoPostgres(url: string, schema: string, { rows }: Recorded): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await inAnyOrder(schema.split(/;$/m), (statement) => client.query(statement))
  await client.query('set session_replication_role = replica')
  for (const [table, row] of rowsOf(rows)) {
    const places = Object.keys(row).map((_, index) => `$${index + 1}`)
    const into = `insert into "${table}" (${columnsOf(row)}) overriding system value values (${places})`
    await client.query(into, Object.values(row).map(value))
  }
  const counted = await client.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns where is_identity = 'YES'`,
  )
  for (const { table, column } of counted.rows)
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), (select coalesce(max("${column}"), 0) + 1 from "${table}"), false)`,
    )
  await client.end()
}

/** Tables stand by name, and some refer to others. */
async function inAnyOrder(statements: readonly string[], run: (statement: string) => Promise<unknown>): Promise<void> {
  const failed: string[] = []
  let last: unknown
  for (const statement of statements) {
    await run(statement).catch((error: unknown) => {
      failed.push(statement)
      last = error
    })
  }
  if (failed.length === statements.length) throw last
  if (failed.length > 0) await inAnyOrder(failed, run)
}

function rowsOf(rows: Recorded['rows']) {
  return Object.entries(rows).flatMap(([table, all]) => all.map((row) => [table, row] as const))
}

function columnsOf(row: object): string {
  return Object.keys(row)
    .map((column) => `"${column}"`)
    .join(', ')
}

function value(written: Value) {
  return written !== null && typeof written === 'object' ? Buffer.from(written.bytes, 'base64') : written
}
