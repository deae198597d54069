/**
 * Writes docs/support, the tables of what Apple supports where, from the catalogue: `npm run generate:support`. With `--check` it
 * writes nothing and exits 1 when a page is not what it would write. `--out DIR` takes another folder.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { refresh, staleIn } from '../generate/staleness.ts'
import { supportPages } from './support-pages.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean' }, out: { type: 'string' } } })
const folder = values.out ?? join(import.meta.dirname, '../../../docs/support')
const pages = supportPages()
const changes = values.check ? staleIn(folder, pages) : refresh(folder, pages)

for (const { file, why } of changes) console.log(`docs/support/${file}: ${why}`)
if (changes.length === 0) {
  console.log('docs/support is up to date')
} else if (values.check) {
  console.error('docs/support is stale: run npm run generate:support')
  process.exitCode = 1
}
