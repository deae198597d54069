import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** What is known of each channel's diagnosis, and when it is looked at again; and what was told of its conditions. */
export function diagnoses({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table diagnoses (
          enrollment ${text} primary key not null,
          code ${text},
          stage ${text},
          since ${integer},
          found_code ${text},
          found_since ${integer},
          wanted ${text},
          entry ${integer} not null,
          looked_at ${integer},
          due ${integer} not null)${tableEnd}`,
        sql`create table told_conditions (
          enrollment ${text} primary key not null,
          content ${text} not null)${tableEnd}`,
        sql`create index diagnoses_by_due on diagnoses (due)`,
        sql`create index diagnoses_by_code on diagnoses (code, since, enrollment)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
