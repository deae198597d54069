import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** What somebody said who only claimed to be a channel is kept apart from what it said; and bodies, where they are kept. */
export function claimsAndBodies({ text, integer }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      await sql`alter table trace add column claimed ${integer} not null default 0`.execute(db)
      await sql`alter table trace add column bodies ${text}`.execute(db)
    },
  }
}
