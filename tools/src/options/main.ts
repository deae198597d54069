/**
 * Writes docs/operate/options.md from the lists of options that the programs read: `npm run generate:options`. With `--check` it
 * writes nothing and exits 1 when the page is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serveOptions } from '@edict/server'
import { apnsDoubleOptions, simulateOptions } from '@edict/simulator'
import { optionsPage } from './options-page.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
const name = 'docs/operate/options.md'
const path = join(import.meta.dirname, '../../..', name)
const page = optionsPage([
  { name: 'edict serve', about: 'Runs the server.', options: serveOptions },
  { name: 'edict simulate', about: 'Runs simulated devices.', options: simulateOptions },
  {
    name: 'edict apns-double',
    about: 'Runs a stand-in for Apple Push Notification service.',
    options: apnsDoubleOptions,
  },
])

if (page === current()) {
  console.log(`${name} is up to date`)
} else if (values.check) {
  console.error(`${name} is stale: run npm run generate:options`)
  process.exitCode = 1
} else {
  writeFileSync(path, page)
  console.log(`Wrote ${name}`)
}

function current(): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
