import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/**
 * Push certificates and what is asked for; their keys are secrets of the server. Laps are jobs that go round the channels. A wake may be
 * for those alone that have not been seen.
 */
export function pushCertificates({ text, integer, bytes, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table push_certificates (
          id ${text} not null primary key,
          topic ${text},
          certificate ${bytes},
          chain ${text} not null,
          request ${bytes},
          made_at ${integer} not null,
          imported_at ${integer})${tableEnd}`,
        sql`create unique index push_certificates_by_topic on push_certificates (topic) where topic is not null`,
        sql`create table laps (
          name ${text} not null primary key,
          position ${text} not null,
          began_at ${integer} not null,
          due ${integer} not null)${tableEnd}`,
        sql`alter table wakes add column unseen_since ${integer}`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
