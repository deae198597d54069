import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Bench, Benchmark, Figure } from '../benchmark.ts'
import { databaseNames } from '../database-name.ts'
import { interleaved } from '../rounds.ts'

const EDICT = fileURLToPath(new URL('../../../apps/cli/bin/edict.js', import.meta.url))
const TABLES = new URL('../processes/empty-catalogue.ts', import.meta.url).href
const USE = fileURLToPath(new URL('../processes/use-catalogue.ts', import.meta.url))

type Tables = 'full' | 'empty'

/**
 * Fresh processes in turns: with Apple's catalogue, and with a catalogue of no rows. How long a start takes is said by the clock;
 * the difference is one of CPU, because what else the machine does would be more than it.
 */
export const startUp: Benchmark = {
  name: 'start-up',
  title: "How much longer a program takes to start because of Apple's catalogue",
  run: async (bench) => {
    const rounds = bench.quick ? 5 : 25
    await edictVersion('full')
    const { version, versionWithout, serve, serveWithout, serveAgain } = await interleaved(
      bench,
      {
        version: () => edictVersion('full'),
        versionWithout: () => edictVersion('empty'),
        serve: () => edictServe(bench, 'full'),
        serveWithout: () => edictServe(bench, 'empty'),
        serveAgain: () => edictServe(bench, 'empty'),
      },
      rounds,
    )
    const { catalogue, catalogueWithout } = await interleaved(
      bench,
      { catalogue: () => useCatalogue('full'), catalogueWithout: () => useCatalogue('empty') },
      rounds,
    )
    const most = { kind: 'at most', value: 100 } as const
    return [
      line('`edict --version`', version.wall),
      line('`edict --version`: CPU because of the catalogue', version.cpu - versionWithout.cpu, most),
      line('`edict serve`, until it listens', serve.wall),
      line('`edict serve`: CPU because of the catalogue', serve.cpu - serveWithout.cpu, most),
      line('the same between two that are alike: the noise', Math.abs(serveAgain.cpu - serveWithout.cpu)),
      line(
        '`edict serve`: its CPU against that without the catalogue',
        serve.cpu / serveWithout.cpu,
        undefined,
        'times',
      ),
      line('the catalogue alone: CPU of its import and of all uses', catalogue.cpu - catalogueWithout.cpu, most),
      line('first use of a payload table', catalogue.first),
      line('first use of each of the others', catalogue.all),
    ]
  },
}

function line(what: string, value: number, target?: Figure['target'], unit: Figure['unit'] = 'ms'): Figure {
  return { what, unit, values: onBoth(value), ...(target === undefined ? {} : { target }) }
}

function onBoth(value: number): Figure['values'] {
  return Object.fromEntries(databaseNames.map((name) => [name, value]))
}

/** A process that writes its CPU to descriptor 3 when it ends. */
function start(args: readonly string[], tables: Tables): ChildProcess {
  return spawn(process.execPath, ['--import', TABLES, ...args], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    env: { ...process.env, EDICT_BENCH_TABLES: tables, EDICT_ADMIN_TOKEN: 'a-token-of-the-bench-that-is-long-enough' },
  })
}

/** What it says on stdout until it ends, and its CPU in milliseconds. */
async function ended(child: ChildProcess): Promise<{ readonly said: string; readonly cpu: number }> {
  const [said, cpu, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stdio[3]), once(child, 'close')])
  if (code !== 0) throw new Error(`Cannot measure ${child.spawnargs.join(' ')}: it ended with ${code}: ${said}`)
  return { said, cpu: Number(cpu) }
}

async function textOf(stream: ChildProcess['stdio'][number] | undefined): Promise<string> {
  let text = ''
  for await (const chunk of (stream ?? []) as Readable | []) text += String(chunk)
  return text
}

async function edictVersion(tables: Tables) {
  const begun = performance.now()
  const { cpu } = await ended(start([EDICT, '--version'], tables))
  return { cpu, wall: performance.now() - begun }
}

async function edictServe({ databases }: Bench, tables: Tables) {
  const database = await databases.fresh('sqlite')
  const begun = performance.now()
  const child = start([EDICT, 'serve', '--data', database, '--listen', '127.0.0.1:0', '--insecure-devices'], tables)
  let wall = Number.NaN
  child.stdout?.once('data', () => {
    wall = performance.now() - begun
    child.kill('SIGTERM')
  })
  const { cpu } = await ended(child)
  return { cpu, wall }
}

async function useCatalogue(tables: Tables) {
  const { said, cpu } = await ended(start([USE], tables))
  return { cpu, ...(JSON.parse(said) as { readonly first: number; readonly all: number }) }
}
