/**
 * Throws predicates, nearly predicates and noise at the parser, the printer, the checker, the evaluator and the explainer for a
 * while: `npm run fuzz -- --seconds 60 --seed 1`. Exits 1 at the first source that is treated wrongly, with the smallest
 * one found and the seed that makes it again.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { examine } from './examine.ts'
import { Random } from './random.ts'
import { smaller } from './smaller.ts'
import { sourceFrom } from './sources.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } })
const seconds = Number(values.seconds ?? 60)
const seed = Number(values.seed ?? Date.now() % 2 ** 32)
const random = new Random(seed)
const corpus = readFileSync(join(import.meta.dirname, '../../../packages/predicate/vectors/predicates.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { predicate: string }).predicate)

const end = performance.now() + seconds * 1000
let count = 0
while (performance.now() < end && process.exitCode === undefined) {
  const source = sourceFrom(random, corpus)
  count += 1
  const complaint = examine(source)
  if (complaint === undefined) continue
  const least = smaller(source, (part) => examine(part) !== undefined)
  console.error(`${JSON.stringify(least)} ${examine(least)}`)
  console.error(`Found after ${count} sources with --seed ${seed}`)
  process.exitCode = 1
}
if (process.exitCode === undefined) console.log(`Nothing wrong with ${count} sources in ${seconds} s (seed ${seed})`)
