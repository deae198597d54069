import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDevice, type Device, type DeviceKind, relatedKeys, systemClock } from '@edict/device'
import { createClient } from '../client.ts'
import { UnreachableError } from '../failure.ts'
import { type Teacher, teachers } from './teachers.ts'

/** One channel of a simulated device, and whose it is. */
export interface SchoolChannel {
  readonly id: string
  /** For people: `iPad of Ada Berg`. */
  readonly label: string
  readonly kind: 'ipad' | 'mac' | 'mac-user'
  readonly teacher: Teacher
  readonly device: Device
}

/** A server, a push service and devices, all in this process. */
export interface School {
  readonly url: string
  readonly teachers: readonly Teacher[]
  readonly devices: readonly Device[]
  readonly channels: readonly SchoolChannel[]
  /** Enrolls a device by the invitation that all of them have. Rejects with what the device says of a refusal. */
  enroll(device: Device): Promise<void>
  /** Pushes that the push service has seen. */
  pushes(): number
  close(): Promise<void>
}

export interface SchoolOptions {
  readonly listen: string
  readonly seed: string
  readonly token: string
}

/** Seconds that a device gathers changes before it reports them. A real one takes up to a minute. */
const AGGREGATE = 1

/**
 * Starts everything but enrolls nothing. The database is a fresh one and goes with the school.
 *
 * @throws UnreachableError when the address is taken, or what the server says of an option that cannot be used
 */
export async function startSchool({ listen, seed, token }: SchoolOptions): Promise<School> {
  const [{ readConfig, startServer }, { httpTransport, invitedProfile, startApnsDouble }] = await Promise.all([
    import('@edict/server'),
    import('@edict/simulator'),
  ])
  const devices: Device[] = []
  const double = await startApnsDouble({
    listen: '127.0.0.1:0',
    onPush: async (pushed: string) => {
      for (const device of devices) if (await device.push(pushed)) return
    },
  })
  const data = await mkdtemp(join(tmpdir(), 'edict-demo-'))
  const release = async () => {
    await double.close()
    await rm(data, { recursive: true, force: true })
  }
  try {
    const options = { listen, data, apns: double.url, wakeWindow: '200', logLevel: 'error' }
    const server = await startServer(readConfig(options, token))
    const transport = httpTransport(server.url)
    const keys = relatedKeys(seed)
    const make = (kind: DeviceKind, name: string, more: { readonly users?: readonly string[] } = {}) => {
      const made = { kind, seed: `${seed} ${name}`, transport, clock: systemClock, aggregate: AGGREGATE, keys }
      const device = createDevice({ ...made, ...more })
      devices.push(device)
      return device
    }
    const staff = teachers(seed)
    const channels = staff.flatMap((teacher): SchoolChannel[] => {
      const ipad = make('ipad', `iPad of ${teacher.name}`)
      const own: SchoolChannel = { id: ipad.id, label: `iPad of ${teacher.name}`, kind: 'ipad', teacher, device: ipad }
      if (!teacher.mac) return [own]
      const mac = make('mac', `Mac of ${teacher.name}`, { users: [shortName(teacher)] })
      return [own, ...mac.channels().map((channel) => ofMac(channel, teacher, mac))]
    })
    const client = createClient({ server: server.url, token, signal: new AbortController().signal })
    const body = { devices: devices.length, note: 'the whole school' }
    const { link } = await client.call('create-invitation', { body })
    return {
      url: server.url,
      teachers: staff,
      devices,
      channels,
      enroll: async (device) => device.enroll(await invitedProfile(link)),
      pushes: () => double.pushes,
      close: async () => {
        for (const device of devices) device.stop()
        await server.close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw isListenError(error) ? new UnreachableError(`Cannot listen on ${listen}: ${error.code}`, ANOTHER) : error
  }
}

const ANOTHER = 'give another address with --listen, or none for a free port'

function ofMac({ id, kind }: { readonly id: string; readonly kind: string }, teacher: Teacher, device: Device) {
  return kind === 'user'
    ? ({ id, label: `${teacher.name} on the Mac`, kind: 'mac-user', teacher, device } as const)
    : ({ id, label: `Mac of ${teacher.name}`, kind: 'mac', teacher, device } as const)
}

function shortName({ name }: Teacher): string {
  return name.toLowerCase().replace(' ', '.')
}

function isListenError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen'
}
