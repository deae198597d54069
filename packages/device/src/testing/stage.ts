import type { JsonObject } from '@edict/protocol'
import { type ManualClock, manualClock } from '../clock.ts'
import { createDevice, type Device } from '../device.ts'
import type { DeviceOptions } from '../device-options.ts'
import type { ChannelView, DeclarationStateView } from '../device-view.ts'
import { ScriptedServer } from './scripted-server.ts'

/** A device, a server and a clock that the test moves. */
export interface Stage {
  readonly server: ScriptedServer
  readonly clock: ManualClock
  readonly device: Device
  /** Moves the clock on and lets everything happen that then does. */
  pass(seconds: number): Promise<void>
  /** A DeclarativeManagement without Data is queued, the channel connects, and the reports come in. */
  sync(channelId?: string): Promise<void>
  view(channelId?: string): ChannelView
  state(identifier: string): DeclarationStateView | undefined
  /** A status item of the last report that has it. */
  reported(item: string): unknown
}

export async function stage(options: Partial<DeviceOptions> = {}): Promise<Stage> {
  const server = new ScriptedServer()
  const clock = manualClock(Date.parse('2026-09-01T08:00:00Z'))
  const device = createDevice({ kind: 'ipad', seed: 'one', transport: server, clock, ...options })
  if (options.state === undefined) await device.enroll()
  return {
    server,
    clock,
    device,
    async pass(seconds) {
      await device.settled()
      clock.advance(seconds * 1000)
      await device.settled()
    },
    async sync(channelId = device.id) {
      server.declarativeManagement(channelId)
      await device.connect(channelId)
      await device.settled()
      clock.advance(60_000)
      await device.settled()
    },
    view(channelId = device.id) {
      const found = device.inspect().channels.find(({ id }) => id === channelId)
      if (found === undefined) throw new Error(`Cannot find channel ${channelId}`)
      return found
    },
    state(identifier) {
      const all = device.inspect().channels.flatMap(({ declarations }) => Object.values(declarations).flat())
      return all.find((state) => state.identifier === identifier)
    },
    reported(item) {
      const values = server.reports.map(({ StatusItems }) => valueAt(StatusItems, item))
      return values.filter((value) => value !== undefined).at(-1)
    },
  }
}

export function valueAt(object: JsonObject, name: string): unknown {
  let value: unknown = object
  for (const key of name.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }
  return value
}
