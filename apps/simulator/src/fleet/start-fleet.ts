import http from 'node:http'
import https from 'node:https'
import {
  type Answer,
  type Clock,
  createDevice,
  type Device,
  type DeviceKind,
  type DeviceOptions,
  type DeviceState,
  type KeySource,
  type SignIn,
  systemClock,
  type Transport,
  type Way,
} from '@edict/device'
import type { KeyPair } from '@edict/pki'
import { httpTransport } from '../transport/http-transport.ts'
import { enrollDevices } from './enroll-devices.ts'
import type { Fleet } from './fleet.ts'
import { TokenIndex } from './token-index.ts'

/** Devices that are alike. */
export interface FleetGroup
  extends Pick<DeviceOptions, 'osVersion' | 'supervised' | 'productName' | 'users' | 'topic' | 'switches'> {
  readonly kind: DeviceKind
  readonly count: number
}

export interface FleetOptions {
  /** The server's URL. */
  readonly server: string
  readonly groups: readonly FleetGroup[]
  /** Who the devices are follows from this, their kind, and their number within the kind. Default `edict`. */
  readonly seed?: string
  /** Seconds that a device gathers changes before it reports them. Default 1. */
  readonly aggregate?: number
  /** What was saved of these devices, by `deviceKey`; the others are new. */
  readonly states?: ReadonlyMap<string, DeviceState>
  /** How many devices enroll at the same time. Default 16. */
  readonly enrollAtOnce?: number
  readonly clock?: Clock
  /** Gives the way for each device that is to enroll: a profile, or one to get it by. Without it they enroll with whatever the server believes. */
  readonly way?: () => Promise<Way>
  /** Signs in again for devices that go on from a state. */
  readonly signIn?: SignIn
  /** What all devices sign with what they say of themselves, in place of what Apple gives to each. */
  readonly appleIdentity?: KeyPair
  /** Where the private keys of all devices come from. */
  readonly keys?: KeySource
  /** In place of HTTP. */
  readonly transport?: Transport
  /** In place of real simulated devices. */
  readonly create?: (options: DeviceOptions) => Device
}

/** What tells the devices of all fleets apart. */
export function deviceKey({ kind, seed }: Pick<DeviceState, 'kind' | 'seed'>): string {
  return `${kind}/${seed}`
}

/**
 * Switches devices on. They are not enrolled yet, unless their saved state says so: that is `enroll`, which comes after
 * whatever brings pushes is ready, because a server may push at once.
 */
export function startFleet(options: FleetOptions): Fleet {
  const { clock = systemClock, enrollAtOnce = 16 } = options
  const agent = agentFor(options.server)
  const transport = options.transport ?? httpTransport(options.server, { agent })
  const tokens = new TokenIndex()
  const active = new Set<Device>()
  const synced = new Set<Device>()
  let changes = 0
  let stopped = false

  const touch = (device: Device): void => {
    changes += 1
    tokens.touch(device)
    if (!synced.has(device)) active.add(device)
  }
  const devices = deviceOptions(options).map((one): Device => {
    // A restored device may send something before it is there to be touched; it is, below.
    let device: Device | null = null
    const touched = (): void => {
      if (device !== null) touch(device)
    }
    device = (options.create ?? createDevice)({ ...one, clock, transport: watched(transport, touched) })
    return device
  })
  const byChannel = new Map(devices.flatMap((device) => device.channels().map(({ id }) => [id, device] as const)))
  for (const device of devices) {
    touch(device)
    if (device.inspect().channels.some(({ token }) => token !== null)) synced.add(device)
  }

  return {
    devices,
    find: (reference) =>
      (typeof reference === 'string' ? byChannel.get(reference) : undefined) ??
      (/^\d{1,9}$/.test(String(reference)) ? devices[Number(reference)] : undefined),
    knows: (tokenHex) => tokens.holder(tokenHex) !== undefined,
    push: async (tokenHex, magic) => (await tokens.holder(tokenHex, magic)?.push(tokenHex)) ?? false,
    enroll: (progress = () => undefined) =>
      enrollDevices(devices, {
        clock,
        limit: enrollAtOnce,
        way: options.way,
        attempted: touch,
        progress,
        stopped: () => stopped,
      }),
    apply(device, event) {
      device.model.apply(event)
      touch(device)
    },
    get changes() {
      return changes
    },
    get synced() {
      for (const device of active) if (hasCollected(device)) synced.add(device)
      active.clear()
      return synced.size
    },
    *save() {
      for (const device of devices) yield device.save()
    },
    async settled() {
      for (const device of devices) await device.settled()
    },
    stop() {
      stopped = true
      for (const device of devices) device.stop()
      agent.destroy()
    },
  }
}

function deviceOptions({ groups, seed = 'edict', aggregate = 1, states, keys, signIn, appleIdentity }: FleetOptions) {
  const counts = new Map<DeviceKind, number>()
  return groups.flatMap(({ count, ...group }) =>
    Array.from({ length: count }, () => {
      const number = (counts.get(group.kind) ?? 0) + 1
      counts.set(group.kind, number)
      const own = `${seed} ${group.kind} ${number}`
      const state = states?.get(deviceKey({ kind: group.kind, seed: own }))
      const known = {
        ...(state === undefined ? {} : { state }),
        ...(keys === undefined ? {} : { keys }),
        ...(signIn === undefined ? {} : { signIn }),
        ...(appleIdentity === undefined ? {} : { appleIdentity }),
      }
      return { ...group, seed: own, aggregate, ...known }
    }),
  )
}

/**
 * Calls `touched` around each request: before, because a server may push to a token that it has been sent and not yet
 * answered; after, because the device now goes by the answer.
 */
function watched(transport: Transport, touched: () => void): Transport {
  const around = <T extends readonly unknown[]>(send: (...given: T) => Promise<Answer>) => {
    return (...given: T): Promise<Answer> => {
      touched()
      return send(...given).finally(touched)
    }
  }
  return {
    checkIn: around(transport.checkIn),
    connect: around(transport.connect),
    fetch: around(transport.fetch),
    post: around(transport.post),
  }
}

function hasCollected({ requests }: Device): boolean {
  return requests.some(({ endpoint, status }) => endpoint === 'declaration-items' && status === 200)
}

/** One for the fleet, so that its connections can be ended with it. */
function agentFor(server: string): http.Agent {
  const options = { keepAlive: true, maxSockets: 128, scheduling: 'lifo' } as const
  return server.startsWith('https:') ? new https.Agent(options) : new http.Agent(options)
}
