import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Watches that are on their way to an enrollment through their iPhones. Of tokens only hashes are kept. */
export function pairing({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table pairings (
          security_hash ${text} not null primary key,
          watch ${text} not null,
          phone ${text},
          pairing_hash ${text},
          made_at ${integer} not null,
          expires_at ${integer} not null,
          used_at ${integer})${tableEnd}`,
        sql`create unique index pairings_by_token on pairings (pairing_hash)`,
        sql`create index pairings_by_watch on pairings (watch)`,
        sql`create index pairings_by_expiry on pairings (expires_at)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
