import type { Benchmark } from '../benchmark.ts'
import { openFleet } from '../fleet/fleet.ts'
import { admin } from '../load/admin.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { interleaved } from '../rounds.ts'
import { round } from './sync-sessions.ts'

/** The same sync sessions with the trace that is kept by default, and without one; then a whole fleet is diagnosed. */
export const tracing: Benchmark = {
  name: 'tracing',
  title: 'What keeping what is said costs a sync session, and how long the diagnosis of 10,000 channels takes',
  run: async (bench) => {
    const devices = bench.quick ? 150 : 400
    const kept = await onDatabases((name) => openFleet(bench, name, devices))
    const without = await onDatabases((name) => openFleet(bench, name, devices, { keepTrace: '0' }))
    await onDatabases((name) => round(bench, name, kept[name], 1_000))
    await onDatabases((name) => round(bench, name, without[name], 1_000))
    const measured = await interleaved(
      bench,
      {
        sqlite: (number) => round(bench, 'sqlite', kept.sqlite, number),
        bareSqlite: (number) => round(bench, 'sqlite', without.sqlite, number),
        postgres: (number) => round(bench, 'postgres', kept.postgres, number),
        barePostgres: (number) => round(bench, 'postgres', without.postgres, number),
      },
      bench.quick ? 3 : 9,
    )
    await onDatabases((name) => without[name].close())
    await onDatabases((name) => kept[name].grow(bench.quick ? 1_000 : 10_000))
    const diagnosed = await onDatabases((name) => diagnosis(kept[name].server.url))
    await onDatabases((name) => kept[name].close())
    const against = {
      sqlite: measured.sqlite.cpu / measured.bareSqlite.cpu,
      postgres: measured.postgres.cpu / measured.barePostgres.cpu,
    }
    return [
      figure('CPU of the server per session', 'ms', measured, ({ cpu }) => cpu),
      figure('the same against a server that keeps none', 'times', against, (ratio) => ratio, {
        kind: 'at most',
        value: 1.1,
      }),
      figure('the fleet is diagnosed', 'ms', diagnosed, (ms) => ms),
    ]
  },
}

/** Milliseconds, by the clock. */
async function diagnosis(url: string): Promise<number> {
  const start = performance.now()
  await admin(url, 'GET', 'diagnosis')
  return performance.now() - start
}
