import type { Device, DeviceKind } from '@edict/device'
import { describe, it } from 'vitest'
import { type Database, databases } from '../harness/databases.ts'
import { eventually } from '../harness/eventually.ts'
import { PassingClock } from '../harness/passing-clock.ts'
import { openWorld, type World } from '../harness/world.ts'
import { raisesNoFalseAlarm } from './false-alarms.ts'
import { type Random, randomFrom } from './random.ts'
import { attempt, type Change, changes, ROLES, SETS, writeSet } from './random-sets.ts'

/** One history is the life of one device. EDICT_HISTORIES says how many there are, of both databases together. */
const HISTORIES = Number(process.env.EDICT_HISTORIES ?? 1000)
const SHARE = { sqlite: 0.9, postgres: 0.1 } as const satisfies Record<Database, number>
/** So many live in one world, at the same time. */
const TOGETHER = 50
/** How often everything comes to rest, and is looked at. */
const ROUNDS = 2
/** What happens to each device between two rests, at most. */
const STEPS = 6

const KINDS: readonly DeviceKind[] = ['ipad', 'iphone', 'ipad', 'mac', 'shared-ipad', 'byod-iphone']

/** NotNow may be said to it, and to what comes after. */
const ASKED = { RequestType: 'DeviceInformation', Queries: ['OSVersion'] }

const SECOND = 1000
const DAY = 86_400_000

describe.each(databases)('healthy histories on %s', (database) => {
  const worlds = Math.ceil((HISTORIES * SHARE[database]) / TOGETHER)
  it.each(Array.from({ length: worlds }, (_, index) => index + 1))(
    'raise no false alarm, whatever happens to their devices: world %i',
    async (seed) => {
      const clock = new PassingClock()
      const world = await openWorld(database, { now: clock.now })
      try {
        await live(world, clock, randomFrom(seed * 104_729))
      } finally {
        await world.close()
      }
    },
  )
})

async function live(world: World, clock: PassingClock, random: Random): Promise<void> {
  for (const name of SETS) await writeSet(world, name, random)
  await world.admin('put-group', { params: { name: 'everybody' }, body: { enrollments: [] } })
  const devices = await Promise.all(
    Array.from({ length: TOGETHER }, (_, index) => {
      const kind = KINDS[index % KINDS.length] ?? 'ipad'
      return world.enroll({ kind, supervised: kind === 'ipad', clock, aggregate: 60, ...usersOf(kind) })
    }),
  )
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const device of devices) await attempt(random.pick(assigning)(world, device, random))
    for (let step = 0; step < STEPS; step += 1) {
      if (random.chance(0.5)) await random.pick(ofAll)(world, devices, random)
      await Promise.all(devices.map((device) => attempt(random.pick(ofOne)(world, device, random))))
      if (random.chance(0.4)) clock.pass(random.below(300) * SECOND)
    }
    // Whoever is offline is so for days.
    clock.pass(random.below(4) * DAY)
    await rest(world, clock, devices)
    const channels = devices.flatMap((device) => device.channels())
    for (const { id } of channels) {
      const { items } = await world.admin('get-conditions', { params: { id } })
      await raisesNoFalseAlarm(world, id, items)
    }
  }
}

function usersOf(kind: DeviceKind): { readonly users?: readonly string[] } {
  return kind === 'mac' || kind === 'shared-ipad' ? { users: ['ada'] } : {}
}

type Step = (world: World, device: Device, random: Random) => Promise<unknown>

/** What makes one device different from others. */
const assigning: readonly Step[] = [
  (world, { id }, random) =>
    world.admin('put-enrollment-set', {
      params: { id, name: random.pick(SETS) },
      body: { ...(random.chance(0.2) ? { channel: 'user' as const } : {}), exclude: random.chance(0.2) },
    }),
  (world, { id }, random) => world.admin('delete-enrollment-set', { params: { id, name: random.pick(SETS) } }),
  (world, { id }, random) =>
    world.admin('put-properties', {
      params: { id },
      body: { roles: ROLES.filter(() => random.chance(0.5)), room: `${random.below(40)}` },
    }),
]

/** What an administrator, a person and misfortune do to one device. */
const ofOne: readonly Step[] = [
  ...assigning,
  async (_, { model }) => model.satisfyPasscode(),
  async (_, { model }) => model.removePasscode(),
  async (_, { model }, random) => model.setOSVersion(random.pick(['26.4.2', '26.5', '26.6'])),
  async (_, { model }, random) => model.setNetwork(random.chance(0.5)),
  async (_, { model }) => model.lock(),
  async (_, { model }) => model.unlock(),
  (_, device) => device.daily(),
  (_, device, random) => (random.chance(0.3) ? device.enroll() : Promise.resolve()),
  (world, { id }) => world.admin('nudge-enrollment', { params: { id } }),
  (world, { id }) => world.admin('send-command', { params: { id }, body: ASKED }),
  async () => {},
]

/** What happens to all at once. */
const ofAll: readonly Change[] = [...changes, (world) => world.restart()]

/** Everybody is back, and has had the time that they take: nothing is on its way any more. */
async function rest(world: World, clock: PassingClock, devices: readonly Device[]): Promise<void> {
  for (const { model } of devices) {
    model.setNetwork(true)
    model.unlock()
  }
  // An enrollment that was cut short is one that a person begins again.
  for (const device of devices) if (!device.inspect().enrolled) await device.enroll()
  let waiting: readonly string[] = []
  const looked = eventually('everything has come to rest', async () => {
    clock.pass(90 * SECOND)
    for (const device of devices) await device.settled()
    const { pendingWakes } = await world.server.services.store.scan.counts()
    const { items } = await world.admin('list-enrollments', { query: { limit: 1000 } })
    const known = new Map(items.map((item) => [item.id, item]))
    const views = devices.flatMap((device) => device.inspect().channels)
    const unlike = views.filter(({ id, token, pending, held, enabled }) => {
      const { wanted, collected } = known.get(id) ?? {}
      const has = wanted !== undefined && wanted === collected && wanted === token
      return !enabled || !has || pending.length > 0 || held.some(({ type }) => type === null)
    })
    waiting = [
      ...(pendingWakes > 0 ? [`${pendingWakes} wakes`] : []),
      ...unlike.map(({ id, enabled, token, pending, backOff, problem }) =>
        JSON.stringify({ id, enabled, token, pending, backOff, problem, of: known.get(id) }),
      ),
    ]
    return waiting.length === 0
  })
  await looked.catch((cause: unknown) => {
    throw new Error(`Cannot come to rest: ${waiting.join(', ').slice(0, 2000)}`, { cause })
  })
}
