import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Which certificates speak for which device. Two indexes keep a device to one certificate now and one to come. */
export function pins({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table pins (
          fingerprint ${text} not null primary key,
          enrollment ${text} not null,
          state ${text} not null,
          pinned_at ${integer} not null,
          not_after ${integer} not null,
          revoked_at ${integer},
          why ${text})${tableEnd}`,
        sql`create index pins_by_enrollment on pins (enrollment, pinned_at)`,
        sql`create unique index pins_by_current on pins (enrollment) where state = 'current'`,
        sql`create unique index pins_by_next on pins (enrollment) where state = 'next'`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
