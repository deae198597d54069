import type { Fleet } from '../fleet/fleet.ts'
import { median, quantile } from '../rounds.ts'
import { Connection } from './connection.ts'
import { deviceRequests } from './device-requests.ts'

const CONNECTIONS = 4
/** Milliseconds between requests of devices. */
const PACE = 4

/** Devices ask for tokens at an even pace for so many milliseconds: how long they wait from when each was due. */
export async function pacedTokens({ server, ids }: Fleet, lasting: number) {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(server.url)))
  const waits: number[] = []
  const pending: Promise<void>[] = []
  const lines = connections.map(() => Promise.resolve())
  const start = performance.now()
  for (let number = 0; number * PACE < lasting; number += 1) {
    const at = start + number * PACE
    await until(at)
    const request = deviceRequests(ids[(number * 37) % ids.length] ?? '').tokens
    const line = number % CONNECTIONS
    const connection = connections[line]
    // What has to wait for its connection has begun to wait when it was due.
    const sent = (lines[line] ?? Promise.resolve()).then(async () => {
      await connection?.ok(request)
      waits.push(performance.now() - at)
    })
    lines[line] = sent
    pending.push(sent)
  }
  await Promise.all(pending)
  for (const connection of connections) connection.close()
  return { p50: median(waits), p99: quantile(waits, 0.99) }
}

function until(at: number): Promise<void> {
  const wait = at - performance.now()
  return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait))
}
