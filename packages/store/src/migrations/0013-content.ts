import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** What devices download: which octets stand under which name, and stood there before. The octets are in files. */
export function content({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table contents (
          name ${text} not null,
          sha256 ${text} not null,
          size ${integer} not null,
          type ${text} not null,
          added_at ${integer} not null,
          replaced_at ${integer},
          primary key (name, sha256))${tableEnd}`,
        sql`create index contents_by_hash on contents (sha256)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
