import type { Store } from '@edict/store'
import type { Benchmark } from '../benchmark.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { admin } from '../load/admin.ts'
import { pacedTokens } from '../load/paced-tokens.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { interleaved, median } from '../rounds.ts'

const ITEM = 'device.operating-system.version'

/** Devices ask for tokens at an even pace, while an administrator asks one question about all of them again and again. */
export const fleetQuery: Benchmark = {
  name: 'fleet-query',
  title: 'How long devices wait while a query over the whole fleet runs',
  run: async (bench) => {
    const size = bench.quick ? 10_000 : 100_000
    const lasting = bench.quick ? 1_000 : 2_000
    const measured = await onDatabases(async (name) => {
      const fleet = await openFleet(bench, name, size)
      bench.say('their status')
      await report(fleet.store, fleet.ids)
      await pacedTokens(fleet, lasting)
      const medians = await interleaved(bench, {
        alone: async () => ({ ...(await pacedTokens(fleet, lasting)), query: 0 }),
        beside: () => withQueries(fleet, () => pacedTokens(fleet, lasting)),
      })
      await fleet.close()
      return medians
    })
    return [
      figure('tokens, p50, nothing else', 'ms', measured, (of) => of.alone.p50),
      figure('tokens, p50, beside the query', 'ms', measured, (of) => of.beside.p50),
      figure('p50 beside the query against without', 'times', measured, (of) => of.beside.p50 / of.alone.p50),
      figure('tokens, p99, nothing else', 'ms', measured, (of) => of.alone.p99),
      figure('tokens, p99, beside the query', 'ms', measured, (of) => of.beside.p99),
      figure('p99 beside the query against without', 'times', measured, (of) => of.beside.p99 / of.alone.p99),
      figure(`the query, over ${size} enrollments`, 'ms', measured, (of) => of.beside.query),
    ]
  },
}

async function withQueries<T extends object>(
  { server }: Fleet,
  work: () => Promise<T>,
): Promise<T & { query: number }> {
  let running = true
  const times: number[] = []
  const queries = (async () => {
    while (running) {
      const start = performance.now()
      await admin(server.url, 'GET', `status/${ITEM}`)
      times.push(performance.now() - start)
    }
  })()
  const result = await work()
  running = false
  await queries
  return { ...result, query: median(times) }
}

/** Reports of the fleet, as they would be stored. */
async function report(store: Store, ids: readonly string[]): Promise<void> {
  const at = Date.now()
  const lanes = store.dialect === 'sqlite' ? 1 : 4
  const pages = Array.from({ length: Math.ceil(ids.length / 500) }, (_, page) =>
    ids.slice(page * 500, page * 500 + 500),
  )
  const queue = pages.values()
  const lane = async () => {
    for (const page of queue) {
      await store.transaction(async (tx) => {
        for (const id of page) await tx.saveItems(id, [{ name: ITEM, value: `26.${id.charCodeAt(20) % 5}`, at }], [])
      })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
