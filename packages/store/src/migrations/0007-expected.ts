import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Devices that may enroll by themselves, by serial number; and until when channels are held in Setup Assistant. */
export function expected({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table expected (
          serial ${text} not null primary key,
          awaits ${integer} not null,
          shared ${integer} not null,
          note ${text} not null,
          expected_at ${integer} not null,
          udid ${text},
          given_at ${integer})${tableEnd}`,
        sql`create index expected_by_udid on expected (udid)`,
        sql`create table deadlines (
          channel ${text} not null primary key,
          due ${integer} not null)${tableEnd}`,
        sql`create index deadlines_by_due on deadlines (due)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
