import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Says of what is sealed under which master key, so that what lies under another is found. Null: as it came, from before. */
export function escrow({ text, bytes }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`alter table secrets add column sealed_under ${text}`,
        sql`create index secrets_by_key on secrets (sealed_under)`,
        sql`alter table commands add column sealed ${bytes}`,
        sql`alter table commands add column sealed_under ${text}`,
        sql`create index commands_by_key on commands (sealed_under) where sealed is not null`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
