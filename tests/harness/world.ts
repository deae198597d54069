import { createDevice, type Device, type DeviceOptions, systemClock } from '@edict/device'
import { type Config, type RunningServer, readConfig, startServer } from '@edict/server'
import { httpTransport, startApnsDouble } from '@edict/simulator'
import { pino } from 'pino'
import { type Admin, adminOf, TOKEN } from './admin.ts'
import { type Database, freshDatabase } from './databases.ts'
import { eventually } from './eventually.ts'
import { authorityKey, MASTER_KEY } from './keys.ts'

/** A server on a real database, the push service's double, and devices that obey. */
export interface World {
  readonly url: string
  readonly admin: Admin
  readonly server: RunningServer
  /** Where the database is: a URL, or a directory. */
  readonly database: string
  /** Tokens pushed so far, in order. */
  readonly pushes: readonly string[]
  /** A device that is enrolled and woken by pushes. */
  enroll(options: WorldDevice): Promise<Device>
  /** A device that is only made. */
  make(options: WorldDevice): Device
  /** Waits until nobody is to be woken, a channel has what it should hold, and its device has nothing left to do or to report. */
  inSync(device: Device, channelId?: string): Promise<void>
  /** Ends this server at once. */
  stop(): Promise<void>
  /** Starts a server on the same database and address, where one was stopped. */
  start(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

export type WorldDevice = Partial<DeviceOptions> & Pick<DeviceOptions, 'kind'>

export interface WorldOptions {
  readonly commandData?: boolean
  /** Whether devices are believed without a proof; true when absent. */
  readonly insecureDevices?: boolean
  readonly now?: () => number
  /** Other options of the server, named as on its command line. */
  readonly options?: Readonly<Record<string, string | boolean>>
  /** Milliseconds a request may take to come in. */
  readonly patience?: number
}

export async function openWorld(database: Database, options: WorldOptions = {}): Promise<World> {
  const fresh = await freshDatabase(database)
  const devices: Device[] = []
  const pushes: string[] = []
  const push = await startApnsDouble({
    listen: '127.0.0.1:0',
    onPush: async (token: string) => {
      pushes.push(token)
      for (const device of devices) if (await device.push(token)) return
    },
  })
  const config = (port: number): Config =>
    readConfig(
      {
        listen: `127.0.0.1:${port}`,
        database: fresh.database,
        apns: push.url,
        insecureDevices: options.insecureDevices ?? true,
        commandData: options.commandData ?? true,
        wakeWindow: '20',
        wakeRate: '5000',
        ...options.options,
      },
      TOKEN,
      MASTER_KEY,
    )
  const surroundings = {
    authorityKey,
    log: pino({ level: process.env.EDICT_TEST_LOG ?? 'silent' }),
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  }
  let server = await startServer(config(0), surroundings)
  const { url } = server
  const admin = adminOf(url)
  const stop = () => server.close()
  const start = async () => {
    server = await startServer(config(Number(new URL(url).port)), surroundings)
  }
  let serial = 0
  const make = (device: WorldDevice): Device => {
    serial += 1
    const made = createDevice({
      seed: `${device.kind} ${serial}`,
      transport: httpTransport(url),
      clock: systemClock,
      aggregate: 0,
      ...device,
    })
    devices.push(made)
    return made
  }
  return {
    url,
    admin,
    database: fresh.database,
    pushes,
    make,
    get server() {
      return server
    },
    enroll: async (device) => {
      const made = make(device)
      await made.enroll()
      return made
    },
    inSync: async (device, id = device.id) => {
      await eventually(`${id} is in sync`, async () => {
        if ((await server.services.store.scan.counts()).pendingWakes > 0) return false
        await device.settled()
        const enrollment = await admin('get-enrollment', { params: { id } })
        const view = device.inspect().channels.find((channel) => channel.id === id)
        return (
          enrollment.enabled &&
          !enrollment.behind &&
          enrollment.collected === enrollment.wanted &&
          enrollment.wanted === view?.token &&
          enrollment.lastReportAt !== null &&
          view.pending.length === 0
        )
      })
      await device.settled()
    },
    stop,
    start,
    restart: async () => {
      await stop()
      await start()
    },
    close: async () => {
      for (const device of devices) device.stop()
      await server.close()
      await push.close()
      await fresh.remove()
    },
  }
}
