import { setTimeout as delay } from 'node:timers/promises'
import { openStore } from '@edict/store'
import type { Bench, Benchmark } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { plantTroubles, type Troubled } from '../fleet/troubled.ts'
import { admin } from '../load/admin.ts'
import { figure, onDatabases } from '../on-databases.ts'
import type { ServerProcess } from '../processes/child.ts'
import { startEdict } from '../processes/start-edict.ts'

/** How long a server is watched that has nothing to do, in milliseconds. */
const IDLE = 30_000

/** A fleet with ten planted causes is diagnosed, first with nothing kept, then from what is kept; and what keeping costs. */
export const diagnoses: Benchmark = {
  name: 'diagnoses',
  title: 'How long `edict doctor --all` takes on a fleet with ten planted causes, and what keeping the diagnoses costs',
  run: async (bench) => {
    const size = bench.quick ? 1_000 : 10_000
    const measured = await onDatabases((name) => measure(bench, name, size))
    return [
      figure(`${size} channels are diagnosed, nothing is kept`, 'ms', measured, ({ live }) => live),
      figure('the same from what is kept', 'ms', measured, ({ kept }) => kept),
      figure('one look, its share of the page and of the round: CPU of the server', 'ms', measured, ({ look }) => look),
      figure('an idle second of a server with no channel: CPU', 'ms', measured, ({ empty }) => empty),
      figure(`an idle second with ${size} channels whose diagnoses are kept: CPU`, 'ms', measured, ({ idle }) => idle),
    ]
  },
}

async function measure({ databases, quick, say }: Bench, name: DatabaseName, size: number) {
  say(`${size} enrollments on ${name}`)
  const database = await databases.fresh(name)
  const server = await startEdict(database, await databases.file(`${name}.log`), { secondPush: '0' })
  const store = await openStore({ database, nodeName: 'bench' })
  const watched = quick ? IDLE / 3 : IDLE
  // The start is over by then.
  await delay(5_000)
  const empty = await idleSecond(server, watched)
  const troubled = await plantTroubles(server, store, size)
  const live = await timed(server.url, troubled)
  say('diagnosed with nothing kept')
  const asked = await server.usage()
  // As the round does, which went by when there was nobody.
  await store.transaction((tx) => tx.lookAgain([...troubled.values()].flat(), Date.now()))
  while (!(await isKept(store))) await delay(500)
  const after = await server.usage()
  const kept = await timed(server.url, troubled)
  say('diagnosed from what is kept')
  const idle = await idleSecond(server, watched)
  await store.close()
  await server.stop()
  return { live, kept, idle, empty, look: (after.cpu - asked.cpu) / size }
}

/** Milliseconds of CPU that a server takes in a second. */
async function idleSecond(server: ServerProcess, watched: number): Promise<number> {
  const before = await server.usage()
  await delay(watched)
  return (((await server.usage()).cpu - before.cpu) * 1000) / watched
}

async function isKept(store: Awaited<ReturnType<typeof openStore>>): Promise<boolean> {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof store.scan.channelDiagnoses>> = await store.scan.channelDiagnoses(
      cursor,
      2_000,
    )
    if (page.items.some(({ fresh }) => !fresh)) return false
    cursor = page.next
  } while (cursor !== null)
  return true
}

/** How long the diagnosis takes, in milliseconds. @throws when it does not say of each cause how many have it */
async function timed(url: string, troubled: Troubled): Promise<number> {
  const start = performance.now()
  const { groups, healthy } = (await admin(url, 'GET', 'diagnosis')) as {
    readonly healthy: number
    readonly groups: readonly { readonly code: string; readonly channels: number }[]
  }
  const took = performance.now() - start
  const found = new Map([['healthy', healthy], ...groups.map(({ code, channels }) => [code, channels] as const)])
  for (const [code, ids] of troubled) {
    if (found.get(code) === ids.length) continue
    throw new Error(`Cannot measure: ${found.get(code)} channels are ${code}, and ${ids.length} were planted`)
  }
  return took
}
