import { compile, parse, statusContext } from '@edict/predicate'
import type { Benchmark, Figure } from '../benchmark.ts'
import { databaseNames } from '../database-name.ts'
import { interleaved } from '../rounds.ts'

const APPS = 200

const context = statusContext(
  {
    passcode: { 'is-compliant': true },
    device: { 'operating-system': { version: '26.4.2' }, model: { family: 'iPad' } },
    mdm: { app: Array.from({ length: APPS }, (_, n) => ({ identifier: `org.example.app-${n}`, state: 'managed' })) },
  },
  { age: 17, roles: ['Lower', 'Sports'] },
)

/** As administrators write them, from the shortest to one that goes through a list. */
const sources = {
  comparison: '@status(passcode.is-compliant) == TRUE',
  roles: "(@property(age) >= 16) AND ('Sports' IN @property(roles))",
  text: "@status(device.model.family) MATCHES '(iPad|iPhone).*' AND @status(device.operating-system.version) LIKE[cd] '26.*'",
  list: "SUBQUERY(@status(mdm.app), $app, ($app.@key(identifier) == 'org.example.app-199') AND ($app.@key(state) == 'managed')).@count == 1",
} as const

type Name = keyof typeof sources

/** Predicates that are compiled once and then asked again and again, and what parsing and compiling one takes. */
export const predicates: Benchmark = {
  name: 'predicates',
  title: 'How many predicates are evaluated in a second, on one core (no database takes part)',
  run: async (bench) => {
    const lasting = bench.quick ? 100 : 500
    const measured = await interleaved(bench, {
      comparison: async () => measure('comparison', lasting),
      roles: async () => measure('roles', lasting),
      text: async () => measure('text', lasting),
      list: async () => measure('list', lasting),
    })
    return [
      line('one comparison', measured.comparison.evaluations),
      line('two, with IN over a property', measured.roles.evaluations),
      line('MATCHES and LIKE', measured.text.evaluations),
      line(`SUBQUERY over ${APPS} apps`, measured.list.evaluations),
      line('parsed and compiled: two, with IN', measured.roles.compilations),
      line('parsed and compiled: SUBQUERY', measured.list.compilations),
    ]
  },
}

function measure(name: Name, lasting: number) {
  const source = sources[name]
  const run = compile(parse(source))
  const outcome = run(context)
  if (outcome.kind !== 'true') throw new Error(`Cannot measure ${source}: it is ${outcome.kind}`)
  return {
    evaluations: perSecond(lasting, () => void run(context)),
    compilations: perSecond(lasting, () => void compile(parse(source))),
  }
}

/** How often something is done in a second; the clock is asked once in a hundred times. */
function perSecond(lasting: number, work: () => void): number {
  const start = performance.now()
  let done = 0
  let elapsed = 0
  while (elapsed < lasting) {
    for (let turn = 0; turn < 100; turn += 1) work()
    done += 100
    elapsed = performance.now() - start
  }
  return (done * 1000) / elapsed
}

function line(what: string, value: number): Figure {
  return { what, unit: 'a second', values: Object.fromEntries(databaseNames.map((name) => [name, value])) }
}
