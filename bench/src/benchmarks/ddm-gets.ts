import type { Benchmark } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { Connection } from '../load/connection.ts'
import { deviceRequests, put } from '../load/device-requests.ts'
import { inParallel } from '../load/in-parallel.ts'
import { figure, onDatabases } from '../on-databases.ts'
import type { ServerProcess } from '../processes/child.ts'
import { startBare } from '../processes/start-edict.ts'
import { interleaved } from '../rounds.ts'

const CONNECTIONS = 32
const DEVICES = 1_000
const BODY = 'com.example.bench.changing-1'

/** Reads of many devices over kept connections, against bare Fastify that is asked the same and answers as many octets. */
export const ddmGets: Benchmark = {
  name: 'ddm-gets',
  title: 'How many reads of devices are answered, against bare Fastify with the same requests and sizes',
  run: async (bench) => {
    const requests = bench.quick ? 3_000 : 10_000
    const fleets = await onDatabases((name) => openFleet(bench, name, DEVICES))
    for (const name of ['sqlite', 'postgres'] as const) await collect(fleets[name])
    const asked = fleets.sqlite.ids.map(deviceRequests)
    const asking = {
      tokens: asked.map((device) => device.tokens),
      body: asked.map((device) => device.declaration('configuration', BODY)),
    }
    const sizes = await sizesOf(fleets.sqlite)
    const bare = await startBare([sizes.tokens, sizes.body])
    const bareRequests = (what: 'tokens' | 'body') =>
      asking[what].map((request) => put(`/${sizes[what]}`, 'application/x-apple-aspen-mdm-checkin', bodyOf(request)))
    const subjects = {
      'bare tokens': () => answers(bare, bareRequests('tokens'), requests),
      'sqlite tokens': () => answers(fleets.sqlite.server, asking.tokens, requests),
      'postgres tokens': () => answers(fleets.postgres.server, asking.tokens, requests),
      'bare body': () => answers(bare, bareRequests('body'), requests),
      'sqlite body': () => answers(fleets.sqlite.server, asking.body, requests),
      'postgres body': () => answers(fleets.postgres.server, asking.body, requests),
    }
    bench.say('warming up')
    for (const subject of Object.values(subjects)) await subject()
    const measured = await interleaved(bench, subjects)
    await bare.stop()
    await fleets.sqlite.close()
    await fleets.postgres.close()
    const lines = ([what, label]: readonly ['tokens' | 'body', string]) => {
      const of = (name: DatabaseName | 'bare') => measured[`${name} ${what}`]
      const both = { sqlite: of('sqlite'), postgres: of('postgres') }
      return [
        figure(`${label}: answers per second of server CPU`, 'a second', both, ({ cpu }) => 1000 / cpu),
        figure(`${label}: the same, against bare Fastify`, 'times', both, ({ cpu }) => of('bare').cpu / cpu, {
          kind: 'at least',
          value: 0.5,
        }),
        figure(
          `${label}: answers per second by the clock, against bare Fastify`,
          'times',
          both,
          ({ wall }) => of('bare').wall / wall,
          {
            kind: 'at least',
            value: 0.5,
          },
        ),
      ]
    }
    return [...lines(['tokens', 'tokens']), ...lines(['body', 'declaration'])]
  },
}

/** A device is served from the manifest that it was shown. */
async function collect({ server, ids }: Fleet): Promise<void> {
  await inParallel(server.url, CONNECTIONS, ids, async (connection, id) => {
    await connection.ok(deviceRequests(id).items)
  })
}

async function sizesOf({ server, ids }: Fleet) {
  const device = deviceRequests(ids[0] ?? '')
  const connection = await Connection.open(server.url)
  const tokens = (await connection.ok(device.tokens)).length
  const body = (await connection.ok(device.declaration('configuration', BODY))).length
  connection.close()
  return { tokens, body }
}

/** Milliseconds per answer. */
async function answers(server: ServerProcess, requests: readonly Buffer[], count: number) {
  const asked = Array.from({ length: count }, (_, index) => requests[index % requests.length] ?? Buffer.alloc(0))
  const before = await server.usage()
  const start = performance.now()
  await inParallel(server.url, CONNECTIONS, asked, async (connection, request) => {
    await connection.ok(request)
  })
  const wall = performance.now() - start
  return { cpu: ((await server.usage()).cpu - before.cpu) / count, wall: wall / count }
}

function bodyOf(request: Buffer): Buffer {
  return request.subarray(request.indexOf('\r\n\r\n') + 4)
}
