import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'
import type { Tables } from '../tables.ts'
import { migrations } from './migrations.ts'

/**
 * Brings the schema up to date.
 * @throws what went wrong; also when the database was written by a newer program, of whose migrations this one knows nothing
 */
export async function migrate(db: Kysely<Tables>, columns: ColumnTypes): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrations(columns) }) }
  const { error } = await new Migrator({
    db,
    provider,
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
  }).migrateToLatest()
  if (error !== undefined) throw error
}
