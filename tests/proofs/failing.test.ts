import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

it.each([
  ['passes', '1 passed', 0],
  ['fails', '1 failed', 1],
])('a run with a test that %s says so, and ends with a code that says so', async (planted, counted, expected) => {
  const { EDICT_TEST_POSTGRES_LENDER: _lent, VITEST: _own, ...inherited } = process.env
  const env = { ...inherited, EDICT_PLANTED: planted }
  const run = spawn(process.execPath, [VITEST, 'run', '--config', 'vitest.planted.config.ts'], { cwd: ROOT, env })
  let said = ''
  for (const stream of [run.stdout, run.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const code = await new Promise<number | null>((resolve) => run.on('close', resolve))
  expect(said).toContain(counted)
  expect(code, said).toBe(expected)
})
