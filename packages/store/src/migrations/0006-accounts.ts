import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/**
 * People who sign in, sign-ins that are under way, and what signing in grants. A challenge, the certificate that it leads to, and the
 * pin of that know for whose enrollment they are. Of passwords, tokens and states only hashes are kept.
 */
export function accounts({ text, integer, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table accounts (
          name ${text} not null primary key,
          managed_apple_account ${text} not null,
          password ${text} not null,
          made_at ${integer} not null,
          password_at ${integer} not null)${tableEnd}`,
        sql`create table sign_ins (
          state_hash ${text} not null primary key,
          purpose ${text} not null,
          identifier ${text} not null,
          browser_hash ${text},
          verifier ${text} not null,
          nonce ${text} not null,
          expires_at ${integer} not null)${tableEnd}`,
        sql`create index sign_ins_by_expiry on sign_ins (expires_at)`,
        sql`create table grants (
          token_hash ${text} not null primary key,
          name ${text} not null,
          account ${text} not null,
          made_at ${integer} not null,
          profile_until ${integer} not null,
          profile_used_at ${integer},
          enrollment ${text},
          bound_at ${integer},
          revoked_at ${integer},
          why ${text})${tableEnd}`,
        sql`create index grants_by_name on grants (name, made_at)`,
        sql`create index grants_by_enrollment on grants (enrollment, made_at)`,
        sql`create index grants_by_age on grants (made_at)`,
        sql`alter table challenges add column account ${text}`,
        sql`alter table certificates add column account ${text}`,
        sql`alter table pins add column account ${text}`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
