/**
 * The generator: `npm run generate -- --schema PATH`, with PATH a checkout of Apple's device-management repository. It writes
 * the tables of the catalogue. With `--check` it writes nothing and exits 1 when they are not what it would write; `--out DIR`
 * takes another folder. Exit 2 when it cannot read the schema or the command line.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SchemaError } from './schema-error.ts'
import { refresh, staleIn } from './staleness.ts'
import { tables } from './tables.ts'

const usage = 'Usage: npm run generate -- --schema PATH [--check] [--out DIR]'

try {
  process.exitCode = run()
} catch (error) {
  if (!(error instanceof SchemaError || isUsageError(error))) throw error
  console.error(error instanceof SchemaError ? error.message : `${error.message}\n${usage}`)
  process.exitCode = 2
}

function run(): number {
  const { values } = parseArgs({
    options: { schema: { type: 'string' }, check: { type: 'boolean' }, out: { type: 'string' } },
  })
  if (values.schema === undefined) {
    console.error(usage)
    return 2
  }
  const folder = values.out ?? join(import.meta.dirname, '../../../packages/catalogue/src/generated')
  const written = tables(values.schema)
  const changes = values.check ? staleIn(folder, written) : refresh(folder, written)
  for (const { file, why } of changes) console.log(`${file}: ${why}`)
  console.log(summary(changes.length, written.size, values.check ?? false))
  return values.check && changes.length > 0 ? 1 : 0
}

function summary(changed: number, all: number, check: boolean): string {
  if (changed === 0) return `The ${all} tables are up to date`
  return check
    ? `${changed} of the tables are stale: run npm run generate`
    : `Wrote what was stale: ${changed} of ${all}`
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
