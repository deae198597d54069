import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { redraw } from './drawing.ts'
import { withTree } from './planted.ts'
import { rooms } from './rooms.ts'
import { rules } from './rules.ts'

const page = redraw('<!-- rooms --><!-- /rooms -->', rooms)

function check(files: Readonly<Record<string, string>>): { readonly status: number | null; readonly said: string } {
  return withTree(files, (root) => {
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), root], { encoding: 'utf8' })
    return { status: run.status, said: run.stdout + run.stderr }
  })
}

it('exits 1 and names the place when a wall is broken', () => {
  const run = check({ 'ARCHITECTURE.md': page, 'packages/core/src/a.ts': '\nexport const at = Date.now()' })
  expect(run).toEqual({ status: 1, said: expect.stringContaining('packages/core/src/a.ts:2:19  purity') })
})

it('exits 0 when the walls stand', () => {
  const run = check({ 'ARCHITECTURE.md': page, 'packages/core/src/a.ts': 'export const at = (now: number) => now' })
  expect(run).toEqual({ status: 0, said: expect.stringContaining('The walls stand: 1 files') })
})

it('runs every rule there is, each with its own test', () => {
  const files = readdirSync(join(import.meta.dirname, 'rules'))
  const named = rules.map((rule) => `${rule.name}.ts`).toSorted()
  expect(files.filter((file) => !file.endsWith('.test.ts')).toSorted()).toEqual(named)
  expect(files.filter((file) => file.endsWith('.test.ts'))).toHaveLength(rules.length)
})
