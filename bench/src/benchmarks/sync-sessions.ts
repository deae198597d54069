import { decodeDeclarationItems } from '@edict/protocol'
import type { Bench, Benchmark } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { changing } from '../fleet/declarations.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { reportAfter } from '../fleet/reports.ts'
import { Connection } from '../load/connection.ts'
import { type DeviceRequests, deviceRequests, put } from '../load/device-requests.ts'
import { inParallel } from '../load/in-parallel.ts'
import { figure, onDatabases } from '../on-databases.ts'
import type { ServerProcess } from '../processes/child.ts'
import { startBare } from '../processes/start-edict.ts'
import { interleaved } from '../rounds.ts'

const CONNECTIONS = 32

/**
 * Five configurations were changed; each device of a fleet asks for tokens and items, fetches the five, and reports. Against
 * it, the same requests in the same number to bare Fastify, which answers as many octets from memory.
 */
export const syncSessions: Benchmark = {
  name: 'sync-sessions',
  title:
    'How many sync sessions (tokens, declaration-items, 5 declarations, a status report of 4 kB) a second of CPU is worth',
  run: async (bench) => {
    const devices = bench.quick ? 150 : 400
    const fleets = await onDatabases((name) => openFleet(bench, name, devices))
    const { bodies, report } = await shape(fleets.sqlite)
    const bare = await startBare(bodies.map((body) => body.length))
    const bareSession = bodies.map((body, index) => {
      const requests = deviceRequests(fleets.sqlite.ids[0] ?? '')
      const request = sessionOf(requests, report)[index] ?? requests.tokens
      return put(`/${body.length}`, 'application/x-apple-aspen-mdm-checkin', bodyOf(request))
    })
    for (const name of ['sqlite', 'postgres'] as const) await round(bench, name, fleets[name], 1_000)
    await bareRound(bare, bareSession, devices)
    const measured = await interleaved(bench, {
      sqlite: (number) => round(bench, 'sqlite', fleets.sqlite, number),
      postgres: (number) => round(bench, 'postgres', fleets.postgres, number),
      bare: () => bareRound(bare, bareSession, devices),
    })
    await bare.stop()
    await fleets.sqlite.close()
    await fleets.postgres.close()
    return [
      figure('sessions per second of server CPU', 'a second', measured, ({ cpu }) => 1000 / cpu),
      figure('CPU of the server per session', 'ms', measured, ({ cpu }) => cpu),
      figure('CPU of PostgreSQL per session', 'ms', measured, ({ database }) => database),
      figure('sessions per second, by the clock', 'a second', measured, ({ wall }) => 1000 / wall),
      figure('server CPU of a session against 8 bare answers', 'times', measured, ({ cpu }) => cpu / measured.bare.cpu),
    ]
  },
}

function sessionOf(device: DeviceRequests, report: Uint8Array): readonly Buffer[] {
  return [
    device.tokens,
    device.items,
    ...changing.map((identifier) => device.declaration('configuration', identifier)),
    device.status(report),
  ]
}

/** What a device is answered in a session, and what it reports. */
async function shape({ server, ids }: Fleet) {
  const device = deviceRequests(ids[0] ?? '')
  const connection = await Connection.open(server.url)
  const report = reportAfter(decodeDeclarationItems(await connection.ok(device.items)))
  const bodies: Buffer[] = []
  for (const request of sessionOf(device, report)) bodies.push(await connection.ok(request))
  connection.close()
  return { bodies, report }
}

/** Everything is per session, in milliseconds. */
export async function round({ databases }: Bench, name: DatabaseName, fleet: Fleet, number: number) {
  const { server, ids } = fleet
  await fleet.change(number)
  const { report } = await shape(fleet)
  const sessions = ids.slice(1).map((id) => sessionOf(deviceRequests(id), report))
  const [before, databaseBefore, start] = [await server.usage(), await databases.cpu(name), performance.now()]
  await inParallel(server.url, CONNECTIONS, sessions, inTurn)
  const wall = performance.now() - start
  const [after, databaseAfter] = [await server.usage(), await databases.cpu(name)]
  const database = databaseBefore === null || databaseAfter === null ? Number.NaN : databaseAfter - databaseBefore
  const each = (whole: number) => whole / sessions.length
  return { cpu: each(after.cpu - before.cpu), database: each(database), wall: each(wall) }
}

async function bareRound(bare: ServerProcess, session: readonly Buffer[], devices: number) {
  const before = await bare.usage()
  const start = performance.now()
  await inParallel(bare.url, CONNECTIONS, Array(devices).fill(session), inTurn)
  const wall = performance.now() - start
  return { cpu: ((await bare.usage()).cpu - before.cpu) / devices, database: 0, wall: wall / devices }
}

async function inTurn(connection: Connection, requests: readonly Buffer[]): Promise<void> {
  for (const request of requests) await connection.ok(request)
}

function bodyOf(request: Buffer): Buffer {
  return request.subarray(request.indexOf('\r\n\r\n') + 4)
}
