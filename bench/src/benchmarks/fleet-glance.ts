import { decodeDeclarationItems } from '@edict/protocol'
import type { Benchmark } from '../benchmark.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { reportAfter } from '../fleet/reports.ts'
import { admin } from '../load/admin.ts'
import { Connection } from '../load/connection.ts'
import { deviceRequests } from '../load/device-requests.ts'
import { pacedTokens } from '../load/paced-tokens.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { interleaved, median } from '../rounds.ts'

/** A picture is given again for four times as long as it took; after this it is made anew. */
const UNTIL_ANEW = 4.5

const AT_ONCE = 1_000

/** Devices ask for tokens at an even pace, while the picture of the fleet is made as often as the server makes it at all. */
export const fleetGlance: Benchmark = {
  name: 'fleet-glance',
  title: 'What a glance at the fleet costs, and how long devices wait while somebody watches it',
  run: async (bench) => {
    const size = bench.quick ? 2_000 : 10_000
    const lasting = 4_000
    const measured = await onDatabases(async (name) => {
      const fleet = await openFleet(bench, name, size)
      bench.say('their reports')
      await report(fleet)
      await pacedTokens(fleet, 1_000)
      const medians = await interleaved(
        bench,
        {
          alone: async () => ({ ...(await pacedTokens(fleet, lasting)), glance: 0, list: 0 }),
          beside: () => watched(fleet, () => pacedTokens(fleet, lasting)),
        },
        3,
      )
      await fleet.close()
      return medians
    })
    return [
      figure(`the picture of ${size} devices`, 'ms', measured, (of) => of.beside.glance),
      figure('a page of a list of 100, of which all are meant', 'ms', measured, (of) => of.beside.list),
      figure('tokens, p50, nothing else', 'ms', measured, (of) => of.alone.p50),
      figure('p50 beside a watched picture against without', 'times', measured, (of) => of.beside.p50 / of.alone.p50),
      figure('tokens, p99, nothing else', 'ms', measured, (of) => of.alone.p99),
      figure('tokens, p99, beside a watched picture', 'ms', measured, (of) => of.beside.p99),
    ]
  },
}

/** Somebody watches, and lists now and then. */
async function watched<T extends object>(
  { server }: Fleet,
  work: () => Promise<T>,
): Promise<T & { glance: number; list: number }> {
  let running = true
  const times: { glance: number[]; list: number[] } = { glance: [], list: [] }
  const timed = async (path: string) => {
    const start = performance.now()
    await admin(server.url, 'GET', path)
    return performance.now() - start
  }
  const watching = (async () => {
    while (running) {
      const glance = await timed('fleet')
      times.glance.push(glance)
      times.list.push(await timed('fleet/in-sync?limit=100'))
      await new Promise((resolve) => setTimeout(resolve, glance * UNTIL_ANEW))
    }
  })()
  const result = await work()
  running = false
  await watching
  return { ...result, glance: median(times.glance), list: median(times.list) }
}

/** The first device reports what it collected through the front door, and the others as it did; each was diagnosed since. */
async function report({ server, store, ids }: Fleet): Promise<void> {
  const [first = ''] = ids
  const connection = await Connection.open(server.url)
  const device = deviceRequests(first)
  const items = decodeDeclarationItems(await connection.ok(device.items))
  await connection.ok(device.status(reportAfter(items)))
  connection.close()
  await store.flush()
  const states = await store.read.states(first)
  const { enrollment } = (await store.read.channel(first)) ?? {}
  if (enrollment === undefined) throw new Error(`Cannot report as ${first}: it is not enrolled`)
  for (let from = 1; from < ids.length; from += AT_ONCE) {
    const page = ids.slice(from, from + AT_ONCE)
    await store.transaction(async (tx) => {
      const { lastSeenAt, lastReportAt, sync } = enrollment
      const channels = await tx.lock(page)
      await tx.saveEnrollments(channels.map((one) => ({ ...one.enrollment, lastSeenAt, lastReportAt, sync })))
      for (const id of page) await tx.saveStates(id, states, lastReportAt ?? 0)
      const lookedAt = lastSeenAt ?? 0
      const wanted = sync.collected?.token ?? null
      const counts = { code: 'healthy', stage: 'in-force', since: lookedAt } as const
      const looked = { counts, found: null, wanted, entry: 0, lookedAt }
      await tx.saveDiagnoses(page.map((id) => ({ enrollment: id, ...looked, due: lookedAt + 86_400_000 })))
    })
  }
}
