import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** When commands are not wanted any more, which are sent once only, who asked; and the apps of each channel. */
export function commandTimes({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const waiting = sql`state in ('queued', 'sent', 'not-now')`
      const statements = [
        sql`alter table commands add column expires_at ${integer}`,
        sql`alter table commands add column sent_once ${integer}`,
        sql`alter table commands add column inventory ${integer}`,
        sql`create index commands_by_expiry on commands (expires_at) where expires_at is not null and ${waiting}`,
        sql`create index commands_by_age on commands (queued_at) where not (${waiting})`,
        sql`create table apps (
          enrollment ${text} not null primary key,
          content ${text} not null)${tableEnd}`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
