import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/**
 * Devices of another server that have not been heard of yet, and by what they will be believed: an index keeps a certificate to one
 * of them. And the one row that says what profiles were made with.
 */
export function imports({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table imports (
          enrollment ${text} not null primary key,
          certificate ${text},
          serial ${text},
          at ${integer} not null)${tableEnd}`,
        sql`create unique index imports_by_certificate on imports (certificate) where certificate is not null`,
        sql`create index imports_by_serial on imports (serial)`,
        sql`create table reach (
          id ${integer} not null primary key,
          url ${text} not null,
          topic ${text} not null,
          at ${integer} not null)${tableEnd}`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
