import { parseArgs } from 'node:util'
import type { Bench, Benchmark } from './benchmark.ts'
import { benchmarks } from './benchmarks.ts'
import { openDatabases } from './databases.ts'
import { replaceSections } from './report/document.ts'
import { machine } from './report/machine.ts'
import { table } from './report/table.ts'

const DOCUMENT = new URL('../../docs/performance.md', import.meta.url)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(`Cannot run ${unknown.join(', ')}: expected ${benchmarks.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const chosen = positionals.length === 0 ? benchmarks : benchmarks.filter(({ name }) => positionals.includes(name))

const databases = openDatabases()
const sections = new Map<string, string>()
try {
  for (const benchmark of chosen) sections.set(benchmark.name, await measured(benchmark))
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await databases.close()
}
if (values.write && process.exitCode === undefined) {
  sections.set('machine', `${machine()}.`)
  await replaceSections(DOCUMENT, sections)
}
process.exit()

async function measured(benchmark: Benchmark): Promise<string> {
  const start = performance.now()
  const say = (progress: string) => console.error(`${benchmark.name.padEnd(15)} ${seconds(start)}  ${progress}`)
  const bench: Bench = { quick: values.quick, databases, say }
  const figures = table(await benchmark.run(bench))
  console.log(`\n## ${benchmark.title}\n\n${figures}\n`)
  say('done')
  return figures
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(0).padStart(4)} s`
}
