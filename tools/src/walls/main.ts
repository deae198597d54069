/**
 * The wall check: `npm run walls`. It exits 1 when something stands where a wall should be.
 * `--write` draws the table of rooms in ARCHITECTURE.md first; a folder as argument is checked in place of this project.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { redraw } from './drawing.ts'
import { formatProblem } from './problem.ts'
import { readHouse } from './read-house.ts'
import { rooms } from './rooms.ts'
import { rules } from './rules.ts'

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean' } }, allowPositionals: true })
const root = positionals[0] ?? join(import.meta.dirname, '../../..')

if (values.write) {
  const page = join(root, 'ARCHITECTURE.md')
  writeFileSync(page, redraw(readFileSync(page, 'utf8'), rooms))
}

const house = readHouse(root, rooms)
const problems = rules.flatMap((rule) => rule.check(house))
for (const problem of problems) console.error(formatProblem(problem))
if (problems.length > 0) {
  console.error(`\nThe walls have ${problems.length} ${problems.length === 1 ? 'hole' : 'holes'}`)
  process.exitCode = 1
} else {
  console.log(`The walls stand: ${house.sources.length} files, ${rules.length} rules`)
}
