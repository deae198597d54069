import { relatedKeys } from '@edict/device'
import { invitedProfile, startFleet } from '@edict/simulator'
import type { Bench, Benchmark } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { admin } from '../load/admin.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { startEdict } from '../processes/start-edict.ts'

const AT_ONCE = 32

/** Simulated iPads enroll by one invitation, all the way: profile, SCEP, Authenticate, TokenUpdate; their keys cost next to nothing. */
export const enrolling: Benchmark = {
  name: 'enrolling',
  title: 'How long many devices take to enroll by an invitation, and what each costs the server',
  run: async (bench) => {
    const count = bench.quick ? 100 : 1_000
    const measured = await onDatabases((name) => enroll(bench, name, count))
    return [
      figure(`${count} devices, ${AT_ONCE} at once, on the machine that plays them`, 'ms', measured, ({ ms }) => ms),
      figure('enrolled', 'a second', measured, ({ ms }) => (1000 * count) / ms),
      figure('server CPU for each', 'ms', measured, ({ cpu }) => cpu / count),
    ]
  },
}

async function enroll({ databases, say }: Bench, name: DatabaseName, count: number) {
  const log = await databases.file(`${name}-enrolling.log`)
  const server = await startEdict(await databases.fresh(name), log, { insecureDevices: false })
  const keys = await readyKeys(count)
  const { link } = (await admin(server.url, 'POST', 'invitations', { devices: count })) as { readonly link: string }
  const groups = [{ kind: 'ipad', count }] as const
  const way = () => invitedProfile(link)
  const fleet = startFleet({ server: server.url, groups, way, keys, enrollAtOnce: AT_ONCE })
  const before = await server.usage()
  const start = performance.now()
  const failures = await fleet.enroll((enrolled) => {
    if (enrolled % 100 === 0) say(`${enrolled} of ${count} enrolled on ${name}`)
  })
  const ms = performance.now() - start
  const { cpu } = await server.usage()
  fleet.stop()
  await server.stop()
  if (failures.length > 0) throw failures[0]?.error
  return { ms, cpu: cpu - before.cpu }
}

/** Keys that are there before the clock runs. */
async function readyKeys(count: number) {
  const make = relatedKeys('bench')
  const ready = await Promise.all(Array.from({ length: count }, () => make(2048)))
  return (bits: number) => {
    const key = bits === 2048 ? ready.pop() : undefined
    return key === undefined ? make(bits) : Promise.resolve(key)
  }
}
