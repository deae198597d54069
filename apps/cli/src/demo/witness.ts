import type { Condition } from '@edict/api'
import type { ChannelView } from '@edict/device'
import { type Goal, goal } from './goal.ts'
import type { SchoolChannel } from './school.ts'

/** The device itself, asked and not the server: what it holds, and what it does with it. */
function viewOf({ device, id }: SchoolChannel): ChannelView {
  const view = device.inspect().channels.find((channel) => channel.id === id)
  if (view === undefined) throw new Error(`Cannot inspect ${id}: its device has no such channel`)
  return view
}

/** Null when a configuration is active and valid on the device, whatever the server knows. */
export function stateOf(channel: SchoolChannel, configuration: string): string | null {
  const state = viewOf(channel).declarations.configuration.find(({ identifier }) => identifier === configuration)
  if (state === undefined) return `${configuration} is not on the device`
  return state.active && state.valid === 'valid' ? null : `${configuration} is not active on the device`
}

/** Each device has the manifest that the server wants it to have. */
export function sameManifest(label: string, of: readonly SchoolChannel[]): Goal {
  return goal(label, of, async (channel, look) => {
    const wanted = (await look.enrollments()).get(channel.id)?.wanted
    const { token } = viewOf(channel)
    return token !== null && token === wanted ? null : `the device has ${token ?? 'no manifest'}, wanted is ${wanted}`
  })
}

/** Each declaration is on the device as the server believes. */
export function sameConditions(label: string, of: readonly SchoolChannel[]): Goal {
  return goal(label, of, async (channel, look) => {
    const view = viewOf(channel)
    for (const condition of (await look.conditions(channel.id)).values()) {
      const found = contradiction(condition, view)
      if (found !== null) return found
    }
    return null
  })
}

function contradiction({ kind, identifier, condition }: Condition, { declarations }: ChannelView): string | null {
  const state = declarations[kind].find((one) => one.identifier === identifier)
  if (state === undefined) return `${identifier}: the server says ${condition}, the device does not hold it`
  const active = state.valid === 'valid' && (kind === 'management' || state.active)
  if (condition === 'in-force' && active) return null
  if ((condition === 'inactive' || condition === 'unreferenced') && !state.active) return null
  return `${identifier}: the server says ${condition}, the device has it ${state.active ? 'active' : 'inactive'} and ${state.valid}`
}

/** Bodies of declarations that the devices asked for since a moment, by channel. */
export function bodiesSince(at: number, channels: readonly SchoolChannel[]): ReadonlyMap<string, number> {
  const asked = channels.flatMap((channel) =>
    viewOf(channel).requests.filter((one) => one.at >= at && one.endpoint.startsWith('declaration/')),
  )
  return new Map([...Map.groupBy(asked, ({ channel }) => channel)].map(([id, all]) => [id, all.length]))
}

/** `44 declarations fetched, 1 by each of 44 channels` */
export function bodiesText(bodies: ReadonlyMap<string, number>): string {
  if (bodies.size === 0) return 'no declaration fetched'
  const counts = [...bodies.values()]
  const total = counts.reduce((sum, count) => sum + count, 0)
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const each = least === most ? `${most}` : `${least} to ${most}`
  const by = bodies.size === 1 ? 'one channel' : `each of ${bodies.size} channels`
  return `${total} ${total === 1 ? 'declaration' : 'declarations'} fetched, ${each} by ${by}`
}
