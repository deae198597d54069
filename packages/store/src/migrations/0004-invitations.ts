import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Links by which devices enroll. Of a link only the hash of its token is kept. */
export function invitations({ text, integer, sequence, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table invitations (
          sequence ${sequence},
          id ${text} not null,
          token_hash ${text} not null,
          mode ${text} not null,
          note ${text} not null,
          meant ${text},
          devices ${integer} not null,
          used ${integer} not null,
          made_at ${integer} not null,
          expires_at ${integer} not null,
          used_at ${integer},
          revoked_at ${integer})${tableEnd}`,
        sql`create unique index invitations_by_id on invitations (id)`,
        sql`create unique index invitations_by_token on invitations (token_hash)`,
        sql`create index invitations_by_expiry on invitations (expires_at)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
