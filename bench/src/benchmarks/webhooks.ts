import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openStore } from '@edict/store'
import type { Bench, Benchmark } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { admin } from '../load/admin.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { startEdict } from '../processes/start-edict.ts'

/** A receiver that was away finds what waited; the server has nothing else to do. */
export const webhooks: Benchmark = {
  name: 'webhooks',
  title: 'How fast a backlog of 10,000 events of 1,000 enrollments reaches a receiver that takes everything at once',
  run: async (bench) => {
    const count = bench.quick ? 2_000 : 10_000
    const measured = await onDatabases((name) => backlog(bench, name, count))
    return [
      figure('deliveries, 20 at a time', 'a second', measured, ({ ms }) => (1000 * count) / ms),
      figure('CPU of the server for each', 'ms', measured, ({ cpu }) => cpu / count),
      figure('the whole backlog', 'ms', measured, ({ ms }) => ms),
    ]
  },
}

/** Milliseconds from the first attempt to the last, and of CPU, the start of the server left out. */
async function backlog({ databases, say }: Bench, name: DatabaseName, count: number) {
  const database = await databases.fresh(name)
  const log = await databases.file(`webhooks-${name}.log`)
  const receiver = await startReceiver(count)
  const setUp = await startEdict(database, log)
  await admin(setUp.url, 'POST', 'webhooks', { url: receiver.url, types: ['channel.collected'] })
  await setUp.stop()
  const store = await openStore({ database, nodeName: 'bench' })
  for (let from = 0; from < count; from += 1000)
    await store.transaction((tx) => tx.addEvents(Array.from({ length: 1000 }, (_, index) => collected(from + index))))
  await store.close()
  say(`${count} deliveries on ${name}`)
  const server = await startEdict(database, log)
  const { cpu: before } = await server.usage()
  const ms = await receiver.all
  const { cpu: after } = await server.usage()
  await server.stop()
  receiver.close()
  return { ms, cpu: after - before }
}

function collected(index: number) {
  const data = { enrollment: `BENCH-${index % 1000}`, token: `${index}`.padStart(129, '0') }
  return { at: Date.now(), type: 'channel.collected', data }
}

async function startReceiver(count: number) {
  let [seen, first] = [0, 0]
  let done = (_ms: number): void => undefined
  const all = new Promise<number>((resolve) => {
    done = resolve
  })
  const server = createServer((request, response) => {
    if (seen === 0) first = performance.now()
    request.resume().on('end', () => {
      response.writeHead(204).end()
      seen += 1
      if (seen === count) done(performance.now() - first)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}/`, all, close }
}
