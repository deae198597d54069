import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDevice, type Device, type DeviceOptions, systemClock, type Transport, type Way } from '@edict/device'
import { type Config, type RunningServer, readConfig, startServer } from '@edict/server'
import {
  type ApnsDouble,
  type ApnsDoubleOptions,
  httpTransport,
  invitedProfile,
  startApnsDouble,
} from '@edict/simulator'
import { pino } from 'pino'
import { type Admin, adminOf, TOKEN } from './admin.ts'
import { freshDatabase } from './databases.ts'
import { eventually } from './eventually.ts'
import { databaseOf, type Ground, isOverTls } from './grounds.ts'
import { signed } from './identities.ts'
import { authorityKey, deviceKeys, MASTER_KEY } from './keys.ts'
import { identityFor, identityOf } from './proof-by-hand.ts'
import { pushAuthority } from './push-authority.ts'
import { tlsGround } from './tls-ground.ts'

/** A server on a real database, the push service's double, and devices that obey. */
export interface World {
  readonly url: string
  readonly admin: Admin
  readonly server: RunningServer
  /** Where the database is: a URL, or a directory. */
  readonly database: string
  /** Tokens pushed so far, in order. */
  readonly pushes: readonly string[]
  /** The push service's double. */
  readonly apns: ApnsDouble
  /** A device that is enrolled and woken by pushes. */
  enroll(options: WorldDevice): Promise<Device>
  /** A device that is only made. Over TLS it enrolls by an invitation of its own. */
  make(options: WorldDevice): Device
  /** What a story adds to messages that it sends itself, as a device of its own (by UDID) or for a channel of one that is there. */
  proof(of: string | Device): Promise<(body: Uint8Array) => Record<string, string>>
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
  /** Devices find the server at a URL with https, as behind a proxy that speaks TLS. Over TLS it is so by itself. */
  readonly behindProxy?: boolean
  /** Pushes go over TLS, by a push certificate for this topic. Over TLS they always do. */
  readonly pushTopic?: string
  /** Other options of the push service's double. */
  readonly apns?: Partial<ApnsDoubleOptions>
}

const PUSH_TOPIC = 'com.apple.mgmt.External.7b5f5a3e-9d2c-4a54-8d05-5a3f0f4b7a11'

/** Where devices find a server behind a proxy. */
const PUBLIC_URL = 'https://mdm.example.org'

export async function openWorld(ground: Ground, options: WorldOptions = {}): Promise<World> {
  const fresh = await freshDatabase(databaseOf(ground))
  const tls = isOverTls(ground) ? await tlsGround() : null
  const content = await mkdtemp(join(tmpdir(), 'edict-story-content-'))
  const devices: Device[] = []
  const pushes: string[] = []
  const pushTopic = options.pushTopic ?? (tls === null ? null : PUSH_TOPIC)
  const authority = pushTopic === null ? null : await pushAuthority()
  const push = await startApnsDouble({
    listen: authority === null ? '127.0.0.1:0' : 'localhost:0',
    ...(authority === null ? {} : { tls: authority.tls }),
    ...options.apns,
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
        insecureDevices: options.insecureDevices ?? tls === null,
        commandData: options.commandData ?? true,
        content,
        wakeWindow: '20',
        // Of devices that enroll and do not come there are many here.
        secondPush: '0',
        wakeRate: '5000',
        ...(tls === null && options.behindProxy === true ? { url: PUBLIC_URL } : {}),
        ...tls?.options,
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
  const url = tls?.url ?? server.url
  const admin = adminOf(url)
  if (authority !== null && pushTopic !== null) {
    await admin('put-push-certificate', { body: await authority.issue(pushTopic) })
  }
  const stop = () => server.close()
  const start = async () => {
    server = await startServer(config(Number(new URL(url).port)), surroundings)
  }
  let serial = 0
  const make = (device: WorldDevice): Device => {
    serial += 1
    const one = createDevice({
      seed: `${device.kind} ${serial}`,
      transport: byPublicUrl(httpTransport(url), url),
      clock: systemClock,
      aggregate: 0,
      keys: deviceKeys,
      ...device,
    })
    const made = tls === null ? one : invited(one, admin)
    devices.push(made)
    return made
  }
  return {
    url,
    admin,
    database: fresh.database,
    pushes,
    apns: push,
    make,
    get server() {
      return server
    },
    enroll: async (device) => {
      const made = make(device)
      await made.enroll()
      return made
    },
    proof: async (of) => {
      if (tls === null) return () => ({})
      const by = typeof of === 'string' ? await identityFor(of, admin, server) : identityOf(of)
      return (body) => signed(body, by)
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
      await tls?.remove()
      await rm(content, { recursive: true, force: true })
    },
  }
}

/** What a proxy would do: what is asked for at the public URL, the server answers. */
function byPublicUrl(transport: Transport, url: string): Transport {
  const fetch: Transport['fetch'] = (at, ...more) =>
    transport.fetch(at.startsWith(`${PUBLIC_URL}/`) ? url + at.slice(PUBLIC_URL.length) : at, ...more)
  return { ...transport, fetch }
}

/**
 * A device that enrolls by an invitation where no other way is said: any, or one for it where it was enrolled before. Until it is in,
 * it tries the same profile.
 */
function invited(device: Device, admin: Admin): Device {
  let profile: Uint8Array | undefined
  let known = false
  const enroll = async (way?: Way): Promise<void> => {
    if (way !== undefined) return device.enroll(way)
    const body = known ? { enrollment: device.id } : {}
    profile ??= await invitedProfile((await admin('create-invitation', { body })).link)
    await device.enroll(profile)
    known = true
    profile = undefined
  }
  return Object.create(device, { enroll: { value: enroll } }) as Device
}
