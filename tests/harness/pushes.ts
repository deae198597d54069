import { testConfiguration } from './declarations.ts'
import { eventually } from './eventually.ts'
import { enrolledFleet, pushTokenOf } from './fleet.ts'
import { putSet } from './give.ts'
import type { Wire } from './wire.ts'
import type { World } from './world.ts'

/** How often each token of some devices is pushed. */
export type Pushes = ReadonlyMap<string, number>

/** Pushes of these devices that a change leads to, once everybody is woken who was to be woken before. */
export async function pushesDuring(
  world: World,
  devices: readonly Wire[],
  change: () => Promise<unknown>,
): Promise<Pushes> {
  await noWakesLeft(world)
  const before = world.pushes.length
  await change()
  await noWakesLeft(world)
  const pushes = new Map<string, number>()
  const tokens = new Set(devices.map(pushTokenOf))
  for (const token of world.pushes.slice(before)) if (tokens.has(token)) pushes.set(token, (pushes.get(token) ?? 0) + 1)
  return pushes
}

function noWakesLeft({ server }: World) {
  const { store } = server.services
  return eventually('no wake is pending', async () => (await store.scan.counts()).pendingWakes === 0)
}

/** Pushes to a group that is given a set, and whose declaration is changed that stands in two of its sets. */
export async function changesOfGroup(world: World, size: number): Promise<readonly Pushes[]> {
  const { admin, url } = world
  const name = `g${size}`
  const fleet = await enrolledFleet(url, name, size)
  await putSet(admin, `${name}.a`, { [`${name}.a1`]: testConfiguration('a') })
  await putSet(admin, `${name}.b`, {
    [`${name}.a1`]: testConfiguration('a'),
    [`${name}.b1`]: testConfiguration('b'),
  })
  await admin('put-group', { params: { name }, body: { enrollments: fleet.map(({ id }) => id) } })
  const give = (set: string) =>
    pushesDuring(world, fleet, () => admin('put-group-set', { params: { name, set }, body: {} }))
  const assigned = await give(`${name}.a`)
  await give(`${name}.b`)
  const changed = await pushesDuring(world, fleet, () =>
    admin('put-declaration', { params: { identifier: `${name}.a1` }, body: testConfiguration('changed') }),
  )
  return [assigned, changed]
}
