import { createMdmSignature, type KeyPair } from '@edict/pki'
import type { Bench, Benchmark, Figure } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { proveFleet } from '../fleet/prove-fleet.ts'
import { deviceRequests, put } from '../load/device-requests.ts'
import { inParallel } from '../load/in-parallel.ts'
import { figure, onDatabases } from '../on-databases.ts'
import type { ServerProcess } from '../processes/child.ts'
import { interleaved } from '../rounds.ts'

const CONNECTIONS = 32
const DEVICES = 1_000

const asked = ['tokens', 'tokenUpdate'] as const
type Asked = (typeof asked)[number]

/** A check-in that is kept, and the cheapest request there is, signed by RSA as devices do, beside the same without a proof. */
export const signedRequests: Benchmark = {
  name: 'signed-requests',
  title: 'What it costs to prove who is speaking: check-ins with an Mdm-Signature, against the same without',
  run: async (bench) => {
    const count = bench.quick ? 2_000 : 5_000
    const fleets = await onDatabases(async (name) => {
      const fleet = await openFleet(bench, name, DEVICES)
      return { fleet, ...(await proving(bench, fleet, name)) }
    })
    const subjects = Object.fromEntries(
      Object.entries(fleets).flatMap(([name, { fleet, server, signed }]) =>
        asked.flatMap((what) => {
          const plain = fleet.ids.map((id) => deviceRequests(id)[what])
          return [
            [`${name} ${what} plain`, () => answers(fleet.server, plain, count)],
            [`${name} ${what} signed`, () => answers(server, signed[what], count)],
          ] as const
        }),
      ),
    )
    bench.say('warming up')
    for (const subject of Object.values(subjects)) await subject()
    const measured = await interleaved(bench, subjects)
    for (const { fleet, server } of Object.values(fleets)) {
      await server.stop()
      await fleet.close()
    }
    const of = (name: DatabaseName, what: Asked) => ({
      plain: measured[`${name} ${what} plain`]?.cpu ?? Number.NaN,
      signed: measured[`${name} ${what} signed`]?.cpu ?? Number.NaN,
    })
    const lines = (what: Asked, label: string, target?: Figure['target']) => {
      const both = { sqlite: of('sqlite', what), postgres: of('postgres', what) }
      return [
        figure(`${label}, signed: answers per second of server CPU`, 'a second', both, ({ signed }) => 1000 / signed),
        figure(`${label}: the same, against unsigned`, 'times', both, ({ plain, signed }) => plain / signed, target),
      ]
    }
    return [...lines('tokenUpdate', 'TokenUpdate', { kind: 'at least', value: 0.6 }), ...lines('tokens', 'tokens')]
  },
}

/** A server that wants a proof, and the requests that have one. */
async function proving(bench: Bench, fleet: Fleet, name: string) {
  const { server, identities } = await proveFleet(bench, fleet, name)
  const now = Date.now()
  const signed: Record<Asked, Buffer[]> = { tokens: [], tokenUpdate: [] }
  for (const [index, id] of fleet.ids.entries()) {
    const by = identities[index]
    if (by === undefined) throw new Error(`Cannot sign for ${id}: it has no identity`)
    for (const what of asked) signed[what].push(sign(deviceRequests(id)[what], by, now))
  }
  return { server, signed }
}

function sign(request: Buffer, by: KeyPair, now: number): Buffer {
  const body = request.subarray(request.indexOf('\r\n\r\n') + 4)
  const signature = createMdmSignature(body, by, now)
  return put('/mdm/checkin', `application/x-apple-aspen-mdm-checkin\r\nmdm-signature: ${signature}`, body)
}

/** Milliseconds of CPU per answer. */
async function answers(server: ServerProcess, requests: readonly Buffer[], count: number) {
  const queue = Array.from({ length: count }, (_, index) => requests[index % requests.length] ?? Buffer.alloc(0))
  const before = await server.usage()
  await inParallel(server.url, CONNECTIONS, queue, async (connection, request) => {
    await connection.ok(request)
  })
  return { cpu: ((await server.usage()).cpu - before.cpu) / count }
}
