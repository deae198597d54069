import type { Device, DeviceKind } from '@edict/device'
import type { Json } from '@edict/protocol'
import { sweep } from '@edict/server'
import { describe, expect, it } from 'vitest'
import { type Database, databases } from '../harness/databases.ts'
import { atRest, viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'
import { raisesNoFalseAlarm } from './false-alarms.ts'
import { type Random, randomFrom } from './random.ts'
import { attempt, type Change, changes, ROLES, SETS, writeSet } from './random-sets.ts'

const HISTORIES = { sqlite: 30, postgres: 10 } as const satisfies Record<Database, number>
const STEPS = 25
const KINDS: readonly DeviceKind[] = ['ipad', 'iphone', 'mac', 'shared-ipad', 'byod-iphone']

/** Seconds instead of a minute, so that a history need not wait for a device that waits. */
const IMPATIENT = { backOff: 0.2, networkRetry: 0.2 }

describe.each(databases)('random histories on %s', (database) => {
  it.each(Array.from({ length: HISTORIES[database] }, (_, index) => index + 1))(
    'history %i ends with the server believing of each device what the device holds',
    async (seed) => {
      const world = await openWorld(database)
      try {
        await runHistory(world, randomFrom(seed * 7919))
      } finally {
        await world.close()
      }
    },
  )
})

async function runHistory(world: World, random: Random): Promise<void> {
  for (const name of SETS) await writeSet(world, name, random)
  await world.admin('put-group', { params: { name: 'everybody' }, body: { enrollments: [] } })
  const devices: Device[] = []
  for (const kind of KINDS)
    devices.push(await world.enroll({ kind, supervised: kind === 'ipad', switches: IMPATIENT, ...usersOf(kind) }))
  for (let step = 0; step < STEPS; step += 1) await random.pick(steps)(world, devices, random)
  for (const device of devices) device.model.setNetwork(true)
  for (const device of devices) device.model.unlock()
  // An enrollment that the network cut short is one that a person begins again.
  for (const device of devices) if (!device.inspect().enrolled) await device.enroll()
  for (const { id } of devices.flatMap((device) => device.channels()))
    await attempt(world.admin('resync-enrollment', { params: { id } }))
  await atRest(world, devices)
  for (const device of devices) await ends(world, device)
  expect(await sweep(world.server.services)).toEqual([])
}

function usersOf(kind: DeviceKind): { readonly users?: readonly string[] } {
  return kind === 'mac' || kind === 'shared-ipad' ? { users: ['ada', 'grace'] } : {}
}

/** What administrators, users and misfortune do; a refusal of the server is part of life. */
const steps: readonly Change[] = [
  ...changes,
  (world, devices, random) => {
    const channel = random.chance(0.3) ? { channel: 'user' as const } : {}
    const params = { id: random.pick(devices).id, name: random.pick(SETS) }
    return attempt(world.admin('put-enrollment-set', { params, body: { ...channel, exclude: random.chance(0.2) } }))
  },
  (world, devices, random) =>
    attempt(world.admin('delete-enrollment-set', { params: { id: random.pick(devices).id, name: random.pick(SETS) } })),
  (world, devices, random) => {
    const roles = ROLES.filter(() => random.chance(0.5))
    const body = random.chance(0.2) ? {} : { roles, room: `${random.below(40)}` }
    return attempt(world.admin('put-properties', { params: { id: random.pick(devices).id }, body }))
  },
  async (_, devices, random) => random.pick(devices).model.satisfyPasscode(),
  async (_, devices, random) => random.pick(devices).model.removePasscode(),
  async (_, devices, random) => random.pick(devices).model.setOSVersion(random.pick(['26.4.2', '26.5', '26.6'])),
  async (_, devices, random) => random.pick(devices).model.setNetwork(random.chance(0.7)),
  async (_, devices, random) =>
    random.chance(0.5) ? random.pick(devices).model.lock() : random.pick(devices).model.unlock(),
  (_, devices, random) => random.pick(devices).daily(),
  (_, devices, random) => attempt(random.pick(devices).enroll()),
  (world, _, random) => (random.chance(0.5) ? world.restart() : Promise.resolve()),
]

/** In the end each channel holds exactly what is wanted, and the server knows its declarations and status by heart. */
async function ends(world: World, device: Device): Promise<void> {
  for (const { id } of device.channels()) {
    const manifest = await world.admin('get-manifest', { params: { id } })
    const view = viewOf(device, id)
    const pairs = (
      items: readonly { readonly kind: string; readonly identifier: string; readonly serverToken: string }[],
    ) => items.map(({ kind, identifier, serverToken }) => `${kind}/${identifier} ${serverToken}`).sort()
    expect(pairs(view.held)).toEqual(pairs(manifest.items))

    const { items: conditions } = await world.admin('get-conditions', { params: { id } })
    for (const kind of ['activation', 'configuration', 'asset', 'management'] as const) {
      for (const state of view.declarations[kind]) {
        const judged = conditions.find(({ identifier }) => identifier === state.identifier)
        const works = (state.active || kind === 'management') && state.valid === 'valid' && !failed(state.reasons)
        expect([state.identifier, judged?.condition === 'in-force']).toEqual([state.identifier, works])
      }
    }
    await raisesNoFalseAlarm(world, id, conditions)

    const { items: status } = await world.admin('get-status', { params: { id } })
    for (const name of view.subscriptions) {
      const own = view.status[name] as Json | undefined
      if (own === undefined || name.startsWith('management.')) continue
      expect([name, status[name]?.value]).toEqual([name, own])
    }
  }
}

function failed(reasons: readonly { readonly code: string }[]): boolean {
  return reasons.some(({ code }) => code.startsWith('Error.') || code.startsWith('Info.NotReferenced'))
}
