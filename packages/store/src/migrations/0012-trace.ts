import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** What each channel and the server said to each other, of late. */
export function trace({ text, integer, sequence, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table trace (
          sequence ${sequence},
          enrollment ${text} not null,
          at ${integer} not null,
          content ${text} not null)${tableEnd}`,
        sql`create index trace_by_enrollment on trace (enrollment, sequence)`,
        sql`create index trace_by_age on trace (at)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
