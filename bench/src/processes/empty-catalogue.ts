/**
 * Loaded before a program (`--import`): with EDICT_BENCH_TABLES=empty the generated tables of the catalogue have no rows in that
 * process. Otherwise it only stands in the way just as much, so that the two can be compared. At the end it writes to file
 * descriptor 3 how many milliseconds of CPU the process used.
 */
import { readFileSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

const empty = process.env.EDICT_BENCH_TABLES === 'empty'

registerHooks({
  load: (url, context, nextLoad) => {
    const isTable = url.includes('/packages/catalogue/src/generated/')
    return empty && isTable
      ? { format: 'module', source: withoutRows(url), shortCircuit: true }
      : nextLoad(url, context)
  },
})

// A thread that ends says nothing: what it used is in what the process used.
if (isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeSync(3, String((user + system) / 1000))
  })

function withoutRows(url: string): string {
  const constants = readFileSync(fileURLToPath(url), 'utf8').matchAll(/^export const (\w+).* = ([J{]?)/gm)
  return Array.from(constants, ([, name, open]) => `export const ${name} = ${value(open)}\n`).join('')
}

function value(open: string | undefined): string {
  if (open === 'J') return '[]' // JSON.parse of rows
  return open === '{' ? '{}' : "'0'"
}
