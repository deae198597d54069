import type { Benchmark } from '../benchmark.ts'
import { openFleet } from '../fleet/fleet.ts'
import { deviceRequests } from '../load/device-requests.ts'
import { inParallel } from '../load/in-parallel.ts'
import { figure, onDatabases } from '../on-databases.ts'

const CONNECTIONS = 32

/** Each device asks for its tokens once, and then does nothing; the server's memory with a few of them and with many. */
export const idleMemory: Benchmark = {
  name: 'idle-memory',
  title: 'How much memory of the server an enrolled, idle device takes',
  run: async (bench) => {
    const [few, many] = bench.quick ? [2_000, 20_000] : [10_000, 100_000]
    const measured = await onDatabases(async (name) => {
      const fleet = await openFleet(bench, name, few)
      const seen = async (ids: readonly string[]) => {
        bench.say(`${ids.length} devices ask once`)
        await inParallel(fleet.server.url, CONNECTIONS, ids, async (connection, id) => {
          await connection.ok(deviceRequests(id).tokens)
        })
        return fleet.server.usage({ collect: true })
      }
      await seen(fleet.ids)
      const before = await seen(fleet.ids)
      await fleet.grow(many)
      const after = await seen(fleet.ids.slice(few))
      await fleet.close()
      const each = (of: (usage: typeof before) => number) => (of(after) - of(before)) / (many - few)
      return { heap: each(({ heap, external }) => heap + external), rss: each(({ rss }) => rss) }
    })
    const target = { kind: 'at most', value: 1_000 } as const
    return [
      figure(
        `growth of the heap from ${few} to ${many} enrollments, each`,
        'octets',
        measured,
        ({ heap }) => heap,
        target,
      ),
      figure('growth of resident memory, each', 'octets', measured, ({ rss }) => rss, target),
    ]
  },
}
