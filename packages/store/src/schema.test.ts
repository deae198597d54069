import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { openStore } from './open-store.ts'
import { startPostgres } from './testing/postgres.ts'

const UPDATE = process.env.EDICT_UPDATE_SCHEMA === '1'

afterAll(async () => (await startPostgres()).stop())

/** The schema that the migrations make is committed, so that every migration shows what it does. */
it.each([
  ['sqlite', sqliteSchema],
  ['postgres', postgresSchema],
] as const)('schema/%s.sql is what the migrations make (EDICT_UPDATE_SCHEMA=1 writes it)', async (name, dump) => {
  const file = new URL(`../schema/${name}.sql`, import.meta.url)
  const schema = await dump()
  if (UPDATE) await writeFile(file, schema)
  expect(await readFile(file, 'utf8')).toBe(schema)
})

async function sqliteSchema(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'edict-schema-'))
  try {
    await (await openStore({ database: folder })).close()
    const database = new Database(join(folder, 'edict.db'), { readonly: true })
    const rows = database
      .prepare(
        `select sql from sqlite_schema
         where sql is not null and name not like 'sqlite_%' and name not like 'schema_migrations%'
         order by tbl_name, type desc, name`,
      )
      .all() as readonly { readonly sql: string }[]
    database.close()
    return written(rows.map((row) => row.sql))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function postgresSchema(): Promise<string> {
  const url = await (await startPostgres()).url('schema')
  await (await openStore({ database: url })).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tables = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     and relname not like 'schema\\_migrations%' order by relname collate "C"`,
  )
  const statements: string[] = []
  for (const { name } of tables.rows) statements.push(await tableOf(client, name), ...(await indexesOf(client, name)))
  await client.end()
  return written(statements)
}

async function tableOf(client: pg.Client, name: string): Promise<string> {
  const columns = await client.query<{ line: string }>(
    `select concat_ws(' ', quote_ident(attname), format_type(atttypid, atttypmod),
       case when collname is distinct from 'default' then 'collate ' || quote_ident(collname) end,
       case when attidentity = 'a' then 'generated always as identity' end,
       case when attnotnull then 'not null' end) as line
     from pg_attribute left join pg_collation on pg_collation.oid = attcollation
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [`"${name}"`],
  )
  const constraints = await client.query<{ line: string }>(
    `select pg_get_constraintdef(oid) as line from pg_constraint
     where conrelid = $1::regclass and contype <> 'n' order by contype, conname collate "C"`,
    [`"${name}"`],
  )
  const lines = [...columns.rows, ...constraints.rows].map(({ line }) => `  ${line}`)
  return `create table ${name} (\n${lines.join(',\n')})`
}

async function indexesOf(client: pg.Client, name: string): Promise<readonly string[]> {
  const indexes = await client.query<{ line: string }>(
    `select pg_get_indexdef(indexrelid) as line from pg_index
     where indrelid = $1::regclass and not exists (select 1 from pg_constraint where conindid = indexrelid)
     order by indexrelid::regclass::text collate "C"`,
    [`"${name}"`],
  )
  return indexes.rows.map(({ line }) => line)
}

function written(statements: readonly string[]): string {
  const tidy = statements.map((statement) => `${statement.replaceAll(/\n +/g, '\n  ')};\n`)
  return `-- Made by the migrations. Do not edit: EDICT_UPDATE_SCHEMA=1 npx vitest run packages/store/src/schema.test.ts\n\n${tidy.join('\n')}`
}
