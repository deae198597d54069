import type { Benchmark } from '../benchmark.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { smallReport } from '../fleet/reports.ts'
import { Connection } from '../load/connection.ts'
import { deviceRequests } from '../load/device-requests.ts'
import { inParallel } from '../load/in-parallel.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { interleaved, median } from '../rounds.ts'

/** Devices of each kind in a round. */
const DEVICES = 8

/** Devices that have reported 499 times and devices that have not, in turns. */
export const statusHistory: Benchmark = {
  name: 'status-history',
  title: 'Whether the 500th status report of a device costs more than its first',
  run: async (bench) => {
    const reports = bench.quick ? 100 : 500
    const measured = await onDatabases(async (name) => {
      const fleet = await openFleet(bench, name, DEVICES * 2 * 8)
      const ids = fleet.ids.slice(1).values()
      await history(fleet, ids, reports)
      const { both } = await interleaved(bench, { both: () => history(fleet, ids, reports) })
      await fleet.close()
      return both
    })
    const target = { kind: 'at most', value: 1.2 } as const
    return [
      figure('the first report', 'ms', measured, (of) => of.first),
      figure(`the ${reports}th against the first`, 'times', measured, (of) => of.last / of.first, target),
      figure(
        `server CPU of the ${reports}th against the first`,
        'times',
        measured,
        (of) => of.lastCpu / of.firstCpu,
        target,
      ),
    ]
  },
}

async function history({ server }: Fleet, ids: Iterator<string>, reports: number) {
  const take = () => Array.from({ length: DEVICES }, () => deviceRequests(ids.next().value ?? ''))
  const old = take()
  const fresh = take()
  await inParallel(server.url, 16, old, async (connection, device) => {
    for (let number = 1; number < reports; number += 1) await connection.ok(device.status(smallReport(number)))
  })
  const connection = await Connection.open(server.url)
  const last = smallReport(reports)
  const cpu = async () => (await server.usage()).cpu
  const firsts: number[] = []
  const lasts: number[] = []
  let [firstCpu, lastCpu, mark] = [0, 0, await cpu()]
  const timed = async (request: Buffer, into: number[]): Promise<number> => {
    const start = performance.now()
    await connection.ok(request)
    into.push(performance.now() - start)
    const used = (await cpu()) - mark
    mark += used
    return used
  }
  for (const [index, device] of fresh.entries()) {
    const aged = old[index] ?? device
    if (index % 2 === 0) firstCpu += await timed(device.status(last), firsts)
    lastCpu += await timed(aged.status(last), lasts)
    if (index % 2 === 1) firstCpu += await timed(device.status(last), firsts)
  }
  connection.close()
  return { first: median(firsts), last: median(lasts), firstCpu, lastCpu }
}
