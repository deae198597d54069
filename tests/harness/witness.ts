import { canonical } from '@edict/core'
import type { ChannelView, Device, DeviceRequest } from '@edict/device'
import type { Json } from '@edict/protocol'
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** The device itself, asked and not the server. */
export function viewOf(device: Device, id = device.id): ChannelView {
  const view = device.inspect().channels.find((channel) => channel.id === id)
  if (view === undefined) throw new Error(`${device.id} has no channel ${id}`)
  return view
}

/** `kind/Identifier` of every declaration whose body a channel has. */
export function heldBy(device: Device, id = device.id): readonly string[] {
  return viewOf(device, id)
    .held.filter(({ type }) => type !== null)
    .map(({ kind, identifier }) => `${kind}/${identifier}`)
}

/** Identifiers of the configurations that are in force on a channel, by its own word; without those that Edict makes. */
export function inForceOn(device: Device, id = device.id): readonly string[] {
  return viewOf(device, id)
    .declarations.configuration.filter(({ active, valid }) => active && valid === 'valid')
    .map(({ identifier }) => identifier)
    .filter((identifier) => !identifier.startsWith('edict.'))
}

/** What a device asked during some work, up to when everything has come to rest. */
export async function requestsDuring(
  world: World,
  devices: readonly Device[],
  work: () => Promise<unknown>,
): Promise<ReadonlyMap<Device, readonly DeviceRequest[]>> {
  const last = new Map(devices.map((device) => [device, device.requests.at(-1)]))
  await work()
  await atRest(world, devices)
  return new Map(
    devices.map((device) => {
      const before = last.get(device)
      return [device, device.requests.slice(before === undefined ? 0 : device.requests.lastIndexOf(before) + 1)]
    }),
  )
}

/** Endpoints of the bodies among these requests: `declaration/<kind>/<Identifier>`. */
export function bodiesIn(requests: readonly DeviceRequest[] = []): readonly string[] {
  return requests.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint.startsWith('declaration/'))
}

/**
 * Waits until nothing is on its way: no wake is pending, every channel is enabled and holds all of the manifest that is
 * wanted, and the server has all that the device has to say.
 */
export async function atRest(world: World, devices: readonly Device[]): Promise<void> {
  await eventually('everything has come to rest', async () => {
    const { pendingWakes } = await world.server.services.store.scan.counts()
    if (pendingWakes > 0) return false
    const { items } = await world.admin('list-enrollments', { query: { limit: 1000 } })
    const known = new Map(items.map((item) => [item.id, item]))
    const wantedBy = (id: string) => {
      const { enabled, wanted, collected } = known.get(id) ?? {}
      return enabled === true && wanted === collected ? wanted : undefined
    }
    const channels = devices.flatMap((device) => device.channels())
    if (!channels.every(({ id }) => wantedBy(id) !== undefined)) return false
    for (const device of devices) await device.settled()
    // Looking into a device costs more than the rest: it ends at the first that is not there yet.
    return devices.every((device) => {
      return device.inspect().channels.every((channel) => isAtRest(channel) && channel.token === wantedBy(channel.id))
    })
  })
}

/** A back-off that is over is remembered until there is something to ask again; nobody waits for it. */
function isAtRest({ enabled, pending, backOff, held }: ChannelView): boolean {
  const waits = backOff !== null && backOff.until > Date.now()
  return enabled && pending.length === 0 && !waits && held.every(({ type }) => type !== null)
}

/** Where the server's picture of a channel differs from the channel: nothing, when both are right. */
export async function disagreements(world: World, device: Device, id = device.id): Promise<readonly string[]> {
  const view = viewOf(device, id)
  const [manifest, conditions, status] = await Promise.all([
    world.admin('get-manifest', { params: { id } }),
    world.admin('get-conditions', { params: { id } }),
    world.admin('get-status', { params: { id } }),
  ])
  const found: string[] = []
  const wanted = manifest.items.map(({ kind, identifier, serverToken }) => `${kind}/${identifier} ${serverToken}`)
  const held = view.held.map(({ kind, identifier, serverToken }) => `${kind}/${identifier} ${serverToken}`)
  if (!same([...wanted].sort(), [...held].sort())) found.push(`holds ${held.join(', ')}; wanted ${wanted.join(', ')}`)
  for (const { kind, identifier, condition } of conditions.items) {
    const state = view.declarations[kind].find((one) => one.identifier === identifier)
    const works = state !== undefined && state.valid === 'valid' && (kind === 'management' || state.active)
    const said = condition === 'in-force'
    if (condition === 'left-out' ? state !== undefined : said !== works)
      found.push(`${identifier} is ${condition}, the device has it ${JSON.stringify(state)}`)
  }
  for (const name of view.subscriptions) {
    const item = status.items[name]
    const value = view.status[name]
    if (value === undefined ? item?.answer === 'value' : !same(inOrder(item?.value ?? null), inOrder(value)))
      found.push(`${name} is ${JSON.stringify(item)}, the device has ${JSON.stringify(value)}`)
  }
  return found
}

function same(one: Json, other: Json): boolean {
  return canonical(one) === canonical(other)
}

/** The order of an array's objects means nothing. */
function inOrder(value: Json): Json {
  return Array.isArray(value) ? [...value].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1)) : value
}
