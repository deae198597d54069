import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What waits for a change is shown with who made it. */
export function auditByRevision(): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      await sql`create index audit_by_revision on audit (revision)`.execute(db)
    },
  }
}
