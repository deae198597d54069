/**
 * The generator: `npm run generate -- --schema PATH`, with PATH a checkout of Apple's device-management repository. It writes
 * the tables of the catalogue. With `--check` it writes nothing and exits 1 when they are not what it would write; `--out DIR`
 * takes another folder. `--verify PATH` instead holds our checks against Apple's examples: each passes, and is refused at the
 * key that is broken in it, `--runs N` times (1,000), which ones by `--seed N`; exits 1 when that is not so. Exit 2 when it
 * cannot read the schema, the examples or the command line.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SchemaError } from './schema-error.ts'
import { refresh, staleIn } from './staleness.ts'
import { tables } from './tables.ts'
import { NoExamplesError } from './verify/examples-in.ts'

const usage = `Usage: npm run generate -- --schema PATH [--check] [--out DIR]
       npm run generate -- --verify PATH [--runs N] [--seed N]`

class UsageError extends Error {}

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof Error)) throw error
  if (error instanceof SchemaError || error instanceof NoExamplesError) console.error(error.message)
  else if (isUsageError(error)) console.error(`${error.message}\n${usage}`)
  else throw error
  process.exitCode = 2
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schema: { type: 'string' },
      check: { type: 'boolean' },
      out: { type: 'string' },
      verify: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const { schema, check, out, verify, runs, seed } = values
  if (verify !== undefined) {
    if (schema !== undefined || check !== undefined || out !== undefined)
      throw new UsageError('Cannot use --verify with --schema, --check or --out: it writes nothing')
    return verified(verify, count('--runs', runs) ?? 1_000, count('--seed', seed) ?? Date.now() % 2 ** 32)
  }
  if (runs !== undefined || seed !== undefined) throw new UsageError('Cannot use --runs or --seed without --verify')
  if (schema === undefined) throw new UsageError('Cannot generate: --schema or --verify is missing')
  return generated(schema, out, check ?? false)
}

function generated(schema: string, out: string | undefined, check: boolean): number {
  const folder = out ?? join(import.meta.dirname, '../../../packages/catalogue/src/generated')
  const written = tables(schema)
  const changes = check ? staleIn(folder, written) : refresh(folder, written)
  for (const { file, why } of changes) console.log(`${file}: ${why}`)
  console.log(summary(changes.length, written.size, check))
  return check && changes.length > 0 ? 1 : 0
}

/** Loaded when it is asked for: it needs the tables, which the generator has to be able to make without any. */
async function verified(folder: string, runs: number, seed: number): Promise<number> {
  const { verify } = await import('./verify/verify.ts')
  const { failures, summary } = verify(folder, { runs, seed }, (progress) => console.error(progress))
  for (const failure of failures) console.log(failure)
  console.log(summary)
  return failures.length > 0 ? 1 : 0
}

function summary(changed: number, all: number, check: boolean): string {
  if (changed === 0) return `The ${all} tables are up to date`
  return check
    ? `${changed} of the tables are stale: run npm run generate`
    : `Wrote what was stale: ${changed} of ${all}`
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`Cannot use ${option} ${text}: expected a whole number`)
  return Number(text)
}

function isUsageError(error: Error): boolean {
  return error instanceof UsageError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
}
