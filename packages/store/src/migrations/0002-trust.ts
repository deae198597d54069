import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** The authorities of this server, what they issued, and the challenges that ask for it. What is asked with is used once. */
export function trust({ text, integer, bytes, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table authorities (
          id ${text} not null primary key,
          role ${text} not null,
          certificate ${bytes} not null,
          sealed_key ${bytes} not null,
          made_at ${integer} not null,
          retired_at ${integer})${tableEnd}`,
        sql`create unique index authorities_by_role on authorities (role) where retired_at is null`,
        sql`create table certificates (
          fingerprint ${text} not null primary key,
          authority ${text} not null references authorities (id),
          serial ${text} not null,
          subject ${text} not null,
          enrollment ${text},
          asked_with ${text} not null,
          transaction_id ${text} not null,
          request_hash ${text} not null,
          der ${bytes} not null,
          issued_at ${integer} not null,
          not_after ${integer} not null,
          revoked_at ${integer},
          revoked_why ${text})${tableEnd}`,
        sql`create unique index certificates_by_asked_with on certificates (asked_with)`,
        sql`create index certificates_by_authority on certificates (authority, not_after)`,
        sql`create index certificates_by_enrollment on certificates (enrollment, issued_at)`,
        sql`create table challenges (
          hash ${text} not null primary key,
          made_at ${integer} not null,
          expires_at ${integer} not null,
          meant ${text},
          "key" ${text},
          used_at ${integer})${tableEnd}`,
        sql`create index challenges_by_expiry on challenges (expires_at)`,
        sql`create index challenges_by_meant on challenges (meant)`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
